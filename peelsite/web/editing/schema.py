"""What the API's schema says of ETag and If-Match: found from the viewset, so that no endpoint forgets it."""

from typing import Any

from drf_spectacular.openapi import AutoSchema

from peelsite.web.editing.api import ETAG, IF_MATCH, GuardedMixin, PreconditionRequired

ANSWERS = {
    "409": "Somebody else was first: it is done already, or cannot be done any more. `detail` says by whom.",
    "412": "The row is no longer the version that If-Match names; `now` is the row as it is.",
    "428": PreconditionRequired.default_detail,
}
READ_BACK = frozenset({"retrieve", "create", "update", "partial_update"})


class SiteSchema(AutoSchema):
    """REST framework's DEFAULT_SCHEMA_CLASS."""

    def get_override_parameters(self) -> list[Any]:
        named = list(super().get_override_parameters())
        if isinstance(self.view, GuardedMixin):
            name = self.view.action
            named += [IF_MATCH] if name in self.view.guarded else []
            named += [ETAG] if name in READ_BACK | (self.view.guarded - {"destroy"}) else []
        return named

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        operation = super().get_operation(*args, **kwargs)
        if operation is not None and isinstance(self.view, GuardedMixin) and self.method != "GET":
            codes = ANSWERS if self.view.action in self.view.guarded else ("409",)
            for code in codes:
                operation["responses"].setdefault(code, {"description": ANSWERS[code]})
        return operation
