"""What people hold on a day."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Spell:
    """A person holds a skill at a level from `starts` until the day before `ends` (None: open)."""

    person_id: int
    skill_id: int
    level: int
    is_confirmed: bool
    starts: date
    ends: date | None


@dataclass(frozen=True)
class Held:
    """What a person holds of one skill on a day: level 0 is nothing; confirmed and self-assessed apart."""

    level: int = 0
    ends: date | None = None
    self_level: int = 0


NOTHING = Held()


def holding_on(spells: Iterable[Spell], day: date) -> dict[tuple[int, int], Held]:
    """By person and skill, what is in date on `day`."""
    held: dict[tuple[int, int], Held] = {}
    for spell in spells:
        if spell.starts > day or (spell.ends is not None and spell.ends <= day):
            continue
        key = (spell.person_id, spell.skill_id)
        known = held.get(key, NOTHING)
        held[key] = (
            Held(spell.level, spell.ends, known.self_level)
            if spell.is_confirmed
            else Held(known.level, known.ends, spell.level)
        )
    return held


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
