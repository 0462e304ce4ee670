"""For programs: a correction says why in a header, as the form of the page asks a person to.

The sentence stands beside every row version that the request writes (`history.middleware`).
"""

from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError

from peelsite.history.forms import SHORTEST_REASON
from peelsite.history.middleware import REASON_HEADER, reason_of

CHANGE_REASON = OpenApiParameter(
    name=REASON_HEADER,
    location=OpenApiParameter.HEADER,
    type=OpenApiTypes.STR,
    required=True,
    description=(
        f"Why this is changed, in one sentence of {SHORTEST_REASON} characters or more (UTF-8); kept in the "
        "history for whoever looks back. Without it the change is refused with 400."
    ),
)


class ReasonedMixin:
    """Viewset mixin: the actions in `reasoned` are refused without a reason, before anything is written.

    Stands before the mixin that looks for the row: another force's row is not there with or without a reason.
    """

    reasoned: ClassVar[frozenset[str]] = frozenset()

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action in self.reasoned and len(reason_of(request)) < SHORTEST_REASON:
            sentence = (
                f"Say in the header {REASON_HEADER} why this is changed, in {SHORTEST_REASON} characters or "
                "more; it is kept in the history."
            )
            raise ValidationError({"change_reason": [sentence]})
