"""What the API's writing endpoints share: services below, refusals as answers a program can read."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import APIException

from peelsite.accounts.access import forces_allowing
from peelsite.accounts.permissions import Action
from workforce.versions import version_of


class Changed(APIException):
    """The row is no longer the version that the request was made from."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "changed"


def written(service: Callable[..., Any], **arguments: Any) -> Any:
    """Call a service; what it refuses is a 400 with the sentence under its field, a stale version a 409."""
    try:
        row = service(**arguments)
    except ValidationError as refused:
        if getattr(refused, "code", None) == "changed":
            raise Changed(refused.messages[0]) from refused
        errors = refused.message_dict if hasattr(refused, "error_dict") else {"detail": refused.messages}
        raise serializers.ValidationError(errors) from refused
    if row is not None:
        # As it is held, with every decimal, so that its version is that of the next reader.
        row.refresh_from_db()
    return row


class ForceField(serializers.SlugRelatedField):
    """A force by its slug, of those in which the user may do `action`."""

    def __init__(self, *, action: Action, **kwargs: Any) -> None:
        self.action = action
        super().__init__(slug_field="slug", **kwargs)

    def get_queryset(self) -> models.QuerySet:
        return forces_allowing(self.context["request"].user, self.action)


class OfForceField(serializers.PrimaryKeyRelatedField):
    """A row by its id, of the forces in which the user may do `action`; any other is as good as not there."""

    def __init__(self, *, model: type[models.Model], action: Action, **kwargs: Any) -> None:
        self.model = model
        self.action = action
        super().__init__(queryset=model._default_manager.all(), **kwargs)

    def get_queryset(self) -> models.QuerySet:
        allowed = forces_allowing(self.context["request"].user, self.action)
        within = models.Q(force__in=allowed)
        if self.model._meta.get_field("force").null:
            within |= models.Q(force__isnull=True)
        return self.model._default_manager.filter(within)


@extend_schema_field(serializers.CharField())
class VersionField(serializers.Field):
    """The version of the row: send it back with a change to be told if someone else was there first."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, row: models.Model) -> str:
        return version_of(row)


class EndSerializer(serializers.Serializer):
    ends_before = serializers.DateField(help_text="First day that no longer counts.")
    version = serializers.CharField(required=False)
