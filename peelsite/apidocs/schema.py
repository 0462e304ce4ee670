"""What the schema library cannot see by itself: our tokens, and one name for each set of choices."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Choices
from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerFieldExtension

from peelsite.accounts.access import action_of
from peelsite.history.api import CHANGE_REASON, ReasonedMixin
from peelsite.web.editing.schema import SiteSchema

ROOTS = ("peelsite", "workforce", "demand", "finance")


class ScopedSchema(SiteSchema):
    """Every operation says which action a token must have been made for, and where a reason is asked for."""

    def get_override_parameters(self) -> list[Any]:
        named = list(super().get_override_parameters())
        if isinstance(self.view, ReasonedMixin) and self.view.action in self.view.reasoned:
            named.append(CHANGE_REASON)
        return named

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        if operation is not None and hasattr(self.view, "read_action"):
            needed = f"A token must have been made for `{action_of(self.view.request, self.view)}`."
            operation["description"] = f"{operation.get('description', '')}\n\n{needed}".strip()
        return operation


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "peelsite.accounts.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema):
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "Authorization: Bearer, a space, a user's token. A token is for some "
            "actions, in one force or in all of its user's; it ends and can be revoked.",
        }


class ForceFieldSchema(OpenApiSerializerFieldExtension):
    """A force is named by its slug; which ones depends on who asks, so the library finds no model to read."""

    target_class = "workforce.writing.ForceField"

    def map_serializer_field(self, auto_schema, direction):
        return {"type": "string", "description": "Slug of the force, for example hertfordshire."}


def enum_names() -> dict[str, list[tuple[Any, str]]]:
    """A name for every set of choices of the site: its class', or the model's and field's that narrows one.

    Without names of our own two fields called `state` would be StateFa1Enum and State77bEnum.
    """
    named: dict[str, list[tuple[Any, str]]] = {}
    known: set[tuple[tuple[Any, str], ...]] = set()
    for name, room, choices in (*_of_classes(), *_of_fields()):
        values = tuple((value, str(label)) for value, label in choices if value not in ("", None))
        if values and values not in known:
            known.add(values)
            # `Role` alone is also the name of a resource.
            name = f"{name}Choice"
            named[f"{room.title()}{name}" if name in named else name] = list(values)
    return named


def _of_classes() -> Iterator[tuple[str, str, list[tuple[Any, str]]]]:
    for choices in sorted(_subclasses(Choices), key=lambda each: (each.__module__, each.__qualname__)):
        yield choices.__name__, choices.__module__.split(".")[-2], choices.choices


def _subclasses(parent: type[Choices]) -> Iterator[type[Choices]]:
    for child in parent.__subclasses__():
        if child.__module__.split(".")[0] in ROOTS:
            yield child
        yield from _subclasses(child)


def _of_fields() -> Iterator[tuple[str, str, list[tuple[Any, str]]]]:
    for model in apps.get_models():
        if model.__module__.split(".")[0] in ROOTS:
            for field in model._meta.get_fields():
                if choices := getattr(field, "flatchoices", None):
                    yield f"{model.__name__}{field.name.title()}", model._meta.app_label, choices
