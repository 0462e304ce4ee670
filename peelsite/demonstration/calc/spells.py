"""Absences and limited duties: those of the opening day, and a thinner trail of earlier ones."""

import random
from datetime import date, timedelta

from peelsite.demonstration.calc.plan import Plan
from peelsite.demonstration.calc.rows import Person, Spell

# Share of people away for more than 28 days on the opening day, by kind: long-term sickness of officers was
# about 1.8% (Home Office); the other kinds are invented.
LONG_TERM = {
    "sickness": (0.018, 35, 400),
    "parental": (0.016, 40, 270),
    "career_break": (0.003, 120, 900),
    "suspension": (0.0015, 40, 300),
    "special": (0.001, 30, 80),
}
SHORT_SICKNESS = 0.012
# Share of people on limited duties on the opening day.
LIMITED = {"recuperative": (0.031, 20, 240), "adjusted": (0.021, 60, 900), "restricted": (0.002, 30, 300)}
EARLIER_A_YEAR = 0.03


def spells_add(plan: Plan, people: list[Person], rng: random.Random) -> None:
    """Give spells to people who are at work in the force and not lent or seconded."""
    day = plan.opening_day
    present = [
        person
        for person in people
        if (person.left is None or person.left > day) and not person.is_seconded_out and not person.is_lent
    ]
    rng.shuffle(present)
    absent = iter(present)
    for kind, (share, shortest, longest) in LONG_TERM.items():
        for _ in range(round(share * len(present))):
            _add(next(absent).absences, kind, day, rng.randint(shortest, longest), rng, open_share=0.5)
    for _ in range(round(SHORT_SICKNESS * len(present))):
        _add(next(absent).absences, "sickness", day, rng.randint(1, 12), rng, open_share=0)
    for kind, (share, shortest, longest) in LIMITED.items():
        for _ in range(round(share * len(present))):
            _add(next(absent).limited_duties, kind, day, rng.randint(shortest, longest), rng, open_share=0.6)
    for person in people:
        _earlier(plan, person, rng)
    for person in present:
        _within(person)


def _add(
    spells: list[Spell], kind: str, day: date, so_far: int, rng: random.Random, *, open_share: float
) -> None:
    ends = None if rng.random() < open_share else day + timedelta(days=rng.randint(3, 120))
    if kind == "sickness" and so_far < 20:
        ends = day + timedelta(days=rng.randint(1, 8))
    spells.append(Spell(kind, day - timedelta(days=so_far), ends))


def _earlier(plan: Plan, person: Person, rng: random.Random) -> None:
    """One spell of long-term sickness in the years before, for some."""
    first = max(person.joined, plan.first_day)
    last = min([person.left or plan.opening_day, plan.opening_day, *(s.starts for s in person.absences)])
    years = (last - first).days / 365.25
    if years > 1 and rng.random() < EARLIER_A_YEAR * years:
        length = rng.randint(30, 160)
        starts = first + timedelta(days=rng.randrange((last - first).days - length))
        person.absences.append(Spell("sickness", starts, starts + timedelta(days=length)))


def _within(person: Person) -> None:
    """No spell begins before the person joined or lasts beyond a known last day."""
    for spell in person.absences + person.limited_duties:
        spell.starts = max(spell.starts, person.joined)
        if person.left is not None:
            spell.ends = min(spell.ends or person.left, person.left)
