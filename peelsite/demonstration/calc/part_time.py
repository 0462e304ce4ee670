"""Part-time working, so that the FTE of each group of ranks is the published one to the last decimal."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from peelsite.demonstration.calc.plan import Group, Plan
from peelsite.demonstration.calc.rows import WHOLE, Person, Posting

FRACTIONS = [Decimal(fte) for fte in ("0.8", "0.6", "0.75", "0.9", "0.675", "0.7")]
LARGEST_FRACTION = max(FRACTIONS)
LEAST = Decimal("0.3")


def part_time_set(plan: Plan, people: list[Person], rng: random.Random) -> None:
    """Make some full-time postings part-time: first for the opening day's totals, then for the first day's.

    Who moved in between is chosen first; of others the posting is cut in two where the hours changed.
    """
    span = (plan.opening_day - plan.first_day).days
    for day, other, fte, heads in (
        (plan.opening_day, plan.first_day, "fte_opening", "heads_opening"),
        (plan.first_day, plan.opening_day, "fte_first", "heads_first"),
    ):
        for group in plan.groups:
            counted = _counted(people, group, day)
            missing = getattr(group, heads) - getattr(group, fte) - _reduced(counted)
            on_both = [pair for pair in counted if pair[1].runs(other)]
            on_one = [pair for pair in counted if not pair[1].runs(other)]
            waiting = _full_time(on_both, rng) + _full_time(on_one, rng)
            for person, posting in _reduce(waiting, missing, rng, f"{group.name} on {day}"):
                if posting.runs(other):
                    changed_on = plan.first_day + timedelta(days=rng.randint(span // 8, span * 7 // 8))
                    _cut(person, posting, changed_on, part_time_first=day == plan.first_day)


def _cut(person: Person, posting: Posting, day: date, *, part_time_first: bool) -> None:
    """From `day` the posting runs on with other hours: full-time on the side that must stay as it was."""
    later = replace(posting, starts=day)
    posting.ends = day
    (later if part_time_first else posting).fte = WHOLE
    person.postings.insert(person.postings.index(posting) + 1, later)


def _counted(people: list[Person], group: Group, day: date) -> list[tuple[Person, Posting]]:
    pairs = [(person, person.counted_posting(day)) for person in people]
    return [
        (p, posting)
        for p, posting in pairs
        if posting and posting.post and posting.post.cell.rank in group.ranks
    ]


def _reduced(pairs: list[tuple[Person, Posting]]) -> Decimal:
    return sum((WHOLE - posting.fte for _, posting in pairs), Decimal(0))


def _full_time(pairs: list[tuple[Person, Posting]], rng: random.Random) -> list[tuple[Person, Posting]]:
    found = [
        pair
        for pair in pairs
        if pair[1].fte == WHOLE and pair[1].kind == "substantive" and not pair[1].is_supernumerary
    ]
    rng.shuffle(found)
    return found


def _reduce(
    waiting: list[tuple[Person, Posting]], missing: Decimal, rng: random.Random, what: str
) -> list[tuple[Person, Posting]]:
    """Take `missing` FTE from those who wait, the last first; the postings changed."""
    changed = []
    if missing < 0:
        raise ValueError(f"{what}: part-time posts take {-missing} FTE more than published.")
    while missing > 0:
        if not waiting:
            raise ValueError(f"{what}: {missing} FTE cannot be made part-time.")
        step = WHOLE - rng.choice(FRACTIONS)
        if missing - step < WHOLE - LARGEST_FRACTION:
            step = missing if missing <= WHOLE - LEAST else missing / 2
        waiting[-1][1].fte = WHOLE - step
        changed.append(waiting.pop())
        missing -= step
    return changed
