"""Fields that name a board's row, within what the user may do."""

from rest_framework import serializers

from peelsite.accounts.access import forces_allowing
from peelsite.accounts.permissions import Action


class OfBoardField(serializers.PrimaryKeyRelatedField):
    """A board, or what belongs to one, of the forces in which the user may do `action`."""

    def __init__(self, *, rows, action: Action, force_field: str, **kwargs) -> None:
        self.action, self.force_field = action, force_field
        super().__init__(queryset=rows, **kwargs)

    def get_queryset(self):
        allowed = forces_allowing(self.context["request"].user, self.action)
        return super().get_queryset().filter(**{f"{self.force_field}__in": allowed})
