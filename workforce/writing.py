"""Fields that the API's writing endpoints share."""

from typing import Any

from django.db import models
from rest_framework import serializers

from peelsite.accounts.access import forces_allowing, forces_reached
from peelsite.accounts.permissions import Action


class ForceField(serializers.SlugRelatedField):
    """A force by its slug, of those in which the user may do `action`."""

    def __init__(self, *, action: Action, **kwargs: Any) -> None:
        self.action = action
        super().__init__(slug_field="slug", **kwargs)

    def get_queryset(self) -> models.QuerySet:
        return forces_allowing(self.context["request"].user, self.action)


class OfForceField(serializers.PrimaryKeyRelatedField):
    """A row by its id, of the forces in which the user may do `action`; any other is as good as not there.

    Where the user may do it in some units only, the service asks whether what it writes to is in them.
    """

    def __init__(self, *, model: type[models.Model], action: Action, **kwargs: Any) -> None:
        self.model = model
        self.action = action
        super().__init__(queryset=model._default_manager.all(), **kwargs)

    def get_queryset(self) -> models.QuerySet:
        allowed = forces_reached(self.context["request"].user, self.action)
        within = models.Q(force__in=allowed)
        if self.model._meta.get_field("force").null:
            within |= models.Q(force__isnull=True)
        return self.model._default_manager.filter(within)


class EndSerializer(serializers.Serializer):
    ends_before = serializers.DateField(help_text="First day that no longer counts.")
