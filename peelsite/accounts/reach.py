"""How far an action of a user goes in one force."""

from dataclasses import dataclass

from django.db.models import Q

from peelsite.forces.models import Unit


@dataclass(frozen=True)
class Reach:
    """The whole force, some units with all below them, the user's own record, or (false) nothing."""

    is_whole: bool = False
    units: tuple[Unit, ...] = ()
    own_user_id: int | None = None

    def __bool__(self) -> bool:
        return self.is_whole or bool(self.units) or self.own_user_id is not None

    def covers(self, path: str) -> bool:
        """Whether a unit with this path is within reach."""
        return self.is_whole or any(path.startswith(unit.path) for unit in self.units)

    def in_units(self, path_field: str) -> Q:
        """The condition on rows whose unit's path is `path_field` (such as 'post__unit__path')."""
        if self.is_whole:
            return Q()
        found = Q(pk__in=[])
        for unit in self.units:
            found |= Q(**{f"{path_field}__startswith": unit.path})
        return found


WHOLE = Reach(is_whole=True)
NOWHERE = Reach()
