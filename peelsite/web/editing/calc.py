"""Three states of a record, field by field: as it was opened, as it is now, as it was typed."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Merged:
    """What became of the fields that somebody else changed, in their order.

    `theirs` were not touched in the form and are taken over; `same` were typed as they now are; `collisions`
    were changed to something else on both sides, and need a choice; `beside` are not in the form at all.
    """

    theirs: tuple[str, ...]
    same: tuple[str, ...]
    collisions: tuple[str, ...]
    beside: tuple[str, ...]

    @property
    def changed(self) -> tuple[str, ...]:
        return self.theirs + self.same + self.collisions + self.beside


def changed_names(opened: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """The fields whose value is no longer what it was, in the order of `now`; of those that both hold."""
    return tuple(name for name, value in now.items() if name in opened and opened[name] != value)


def merge(opened: Mapping[str, str], now: Mapping[str, str], typed: Mapping[str, str]) -> Merged:
    """Compare the three, values as text. `typed` holds the fields of the form, the others more than it."""
    found: dict[str, list[str]] = {"theirs": [], "same": [], "collisions": [], "beside": []}
    for name in changed_names(opened, now):
        if name not in typed:
            kind = "beside"
        elif typed[name] == now[name]:
            kind = "same"
        elif typed[name] == opened[name]:
            kind = "theirs"
        else:
            kind = "collisions"
        found[kind].append(name)
    return Merged(**{kind: tuple(names) for kind, names in found.items()})
