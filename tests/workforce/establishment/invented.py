"""Small invented forces for properties: hypothesis draws plain numbers, this makes the rows that are allowed.

What PostgreSQL refuses (an overlap, an overfilled post) is left out, so the rows that remain are as odd as
the rules allow: chains of acting, part-timers, secondments, postings that begin on the day another ends.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import strategies as st

from peelsite.forces.models import Force
from tests import factories
from workforce.people.models import Absence, LimitedDuty, Posting

FIRST = date(2016, 1, 1)
SPAN = 120
FTE = (Decimal("1"), Decimal("0.8"), Decimal("0.5"), Decimal("0.6757"))
KINDS = ("substantive", "acting", "temporary", "attachment", "seconded_in", "seconded_out")

days = st.integers(0, SPAN)
spans = st.tuples(days, st.none() | st.integers(1, SPAN))
posts = st.lists(
    st.tuples(
        st.integers(0, 2),  # rank
        st.integers(0, 1),  # role
        st.integers(0, 1),  # location
        st.integers(0, 3),  # unit
        st.sampled_from((*FTE, Decimal("2"))),
        st.none() | st.integers(30, SPAN),  # last day
    ),
    min_size=1,
    max_size=6,
)
postings = st.lists(
    st.tuples(
        st.integers(0, 5),  # person
        st.integers(0, 5),  # post
        st.sampled_from(KINDS),
        st.sampled_from(FTE),
        st.sampled_from((False, False, False, True)),  # supernumerary
        spans,
    ),
    max_size=14,
)
health = st.lists(st.tuples(st.integers(0, 5), st.booleans(), spans), max_size=5)


@dataclass
class Drawn:
    posts: list
    postings: list
    health: list


forces = st.builds(Drawn, posts=posts, postings=postings, health=health)


def force_of(drawn: Drawn) -> Force:
    """Rows of what was drawn, in the order drawn."""
    force = factories.force_make()
    ranks = [*list(factories.ranks_make().values())[:2], factories.rank_make(force, "CLERK")]
    roles = [factories.role_make(force, name) for name in ("Custody", "Response")]
    places = [factories.location_make(force, name) for name in ("Northgate", "Southgate")]
    command = factories.unit_make(force, "Local policing")
    department = factories.unit_make(force, "North", parent=command)
    units = [command, department, factories.unit_make(force, "Team 1", parent=department)]
    units.append(factories.unit_make(force, "Crime"))
    made = [
        factories.post_make(
            force,
            f"P{number}",
            rank=ranks[rank],
            role=roles[role],
            location=places[place],
            unit=units[unit],
            fte=fte,
            starts_on=FIRST,
            ends_before=FIRST + timedelta(days=last) if last else None,
        )
        for number, (rank, role, place, unit, fte, last) in enumerate(drawn.posts)
    ]
    people = [factories.person_make(force, f"N{number}", joined=FIRST) for number in range(6)]
    for person, post, kind, fte, supernumerary, span in drawn.postings:
        out = kind == "seconded_out"
        _add(
            Posting(
                force=force,
                person=people[person],
                post=None if out else made[post % len(made)],
                kind=kind,
                fte=fte,
                is_supernumerary=supernumerary and not out,
                host="Otherford" if kind.startswith("seconded") else "",
                during=_range(span),
            )
        )
    for person, is_absence, span in drawn.health:
        model, kind = (Absence, "sickness") if is_absence else (LimitedDuty, "adjusted")
        _add(model(force=force, person=people[person], kind=kind, during=_range(span)))
    return force


def _range(span: tuple[int, int | None]) -> DateRange:
    start, length = span
    first = FIRST + timedelta(days=start)
    return DateRange(first, first + timedelta(days=length) if length else None)


def _add(row: Posting | Absence | LimitedDuty) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        row.pk = None
