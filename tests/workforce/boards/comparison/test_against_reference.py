"""The comparison's SQL against a slow walk through every day, on forces that hypothesis makes up."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from peelsite.forces.models import Force, Unit
from tests.reference.changes import changes, lines_by_name
from tests.reference.establishment import Records, cell_of
from tests.workforce.establishment import invented
from workforce.boards.comparison.calc import (
    Amounts,
    Cell,
    Kind,
    LineKey,
    line_sums,
    parts_of,
    starts_of,
    unexplained,
)
from workforce.boards.comparison.selectors import TYPES, Cells, cells_on, facts_between, rows_behind
from workforce.establishment.calc import CellKey
from workforce.establishment.models import Post
from workforce.establishment.services import post_reprofile
from workforce.people.models import LeavingReason, Person, Posting
from workforce.structure.services import unit_move

pytestmark = pytest.mark.django_db


class _Undo(Exception):
    """Leaves an example without its rows."""


@dataclass
class Events:
    """What happens in an invented force besides its postings."""

    leavers: list = field(default_factory=list)
    reprofiled: list = field(default_factory=list)
    corrected: list = field(default_factory=list)
    moved_unit: bool = False


events = st.builds(
    Events,
    leavers=st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["", *LeavingReason.values])), max_size=4),
    reprofiled=st.lists(
        st.tuples(
            st.integers(0, 5), st.integers(1, invented.SPAN), st.integers(0, 3), st.sampled_from(invented.FTE)
        ),
        max_size=4,
    ),
    corrected=st.lists(st.tuples(st.integers(0, 5), st.sampled_from(invented.FTE)), max_size=4),
    moved_unit=st.booleans(),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drawn=invented.forces,
    also=events,
    first=st.integers(0, invented.SPAN),
    length=st.integers(1, invented.SPAN),
)
@example(
    drawn=invented.Drawn(
        posts=[(0, 0, 0, 2, Decimal(1), None), (1, 0, 0, 2, Decimal(1), None), (1, 1, 1, 3, Decimal(1), 60)],
        postings=[
            (0, 0, "substantive", Decimal(1), False, (0, None)),
            (0, 1, "acting", Decimal(1), False, (10, 20)),
            (2, 2, "substantive", Decimal("0.8"), False, (0, 30)),
            (3, 2, "seconded_in", Decimal("0.5"), True, (20, 30)),
            (2, 2, "seconded_out", Decimal("0.8"), False, (12, 10)),
            (4, 2, "substantive", Decimal("0.5"), True, (30, 20)),
            (4, 1, "substantive", Decimal("0.8"), True, (50, None)),
        ],
        health=[],
    ),
    also=Events(leavers=[(2, "retired")], reprofiled=[(0, 25, 3, Decimal("0.5"))], moved_unit=True),
    first=5,
    length=110,
)
def test_every_part_agrees_with_a_slow_walk_and_they_add_up(drawn, also, first, length):
    since = invented.FIRST + timedelta(days=first)
    until = since + timedelta(days=length)
    with undone():
        force = invented.force_of(drawn)
        _happen(force, also)
        said_cells = cells_on(force, since, Cells(force))
        said_lines = {
            line: amounts
            for line, amounts in line_sums(said_cells, TYPES).items()
            if line.dimension != "cell"
        }
        # From here on what the last pack said is the past: records are corrected, a unit is moved.
        _correct(force, also)
        _compare(force, since, until, said_lines, {cell.key: amounts for cell, amounts in said_cells.items()})


def _compare(force: Force, since: date, until: date, said_lines, said_cells) -> None:
    cells = Cells(force)
    facts = facts_between(
        force,
        since,
        until,
        cells=cells,
        then_lines=said_lines,
        then_cells={cells[key]: amounts for key, amounts in said_cells.items()},
    )
    parts, starts = parts_of(facts), starts_of(facts)
    expected = changes(force, since, until)
    found = {
        (line.dimension, line.key): {
            kind.value: (part.establishment_fte, part.strength_fte, part.count)
            for kind, part in kinds.items()
            if kind.about
        }
        for line, kinds in parts.items()
    }
    for line in lines_by_name(force):
        assert found.get(line, {}) == expected.get(line, {}), line
    now = _sums_of_reference(force, until, cells)
    for line in parts.keys() | now.keys() | starts.keys():
        rest = unexplained(starts.get(line, Amounts()), parts.get(line, {}), now.get(line, Amounts()))
        assert rest == Amounts(), line
    _rows_agree(force, since, until, parts)


def _sums_of_reference(force: Force, day: date, cells: Cells) -> dict[LineKey, Amounts]:
    """Figures of each line on a day from the establishment's own slow reference."""
    posts = {cell_of(post): post for post in Post.objects.filter(force=force).select_related("rank", "unit")}
    amounts: dict[Cell, Amounts] = {}
    for key, figures in Records(force).cells(day).items():
        if key is not None and key in posts:
            post = posts[key]
            amounts[
                Cell(
                    key=_key(post),
                    category=post.rank.category,
                    unit_ids=tuple(int(part) for part in post.unit.path.strip("/").split("/")),
                )
            ] = Amounts(
                establishment_fte=Decimal(figures["establishment_fte"]),
                strength_fte=Decimal(figures["strength_fte"]),
            )
    return line_sums(amounts, TYPES)


def _key(post: Post) -> CellKey:
    return CellKey(
        rank_id=post.rank_id, role_id=post.role_id, location_id=post.location_id, unit_id=post.unit_id
    )


def _rows_agree(force: Force, since: date, until: date, parts) -> None:
    """The rows behind each part of the whole force: as many, and as much."""
    for kind, part in parts.get(LineKey(dimension="total"), {}).items():
        if not kind.about:
            continue
        behind = rows_behind(force, since, until, LineKey(dimension="total"), kind)
        rows = behind.posts if kind.about == "posts" else behind.people
        steps = [step for steps in rows.values() for step in steps]
        assert len(steps) == part.count
        fte = sum((fte for _, fte in steps), Decimal(0))
        if kind not in (Kind.REPROFILED_UP, Kind.REPROFILED_DOWN):
            assert fte == part.establishment_fte + part.strength_fte


def _happen(force: Force, also: Events) -> None:
    posts, people = list(Post.objects.filter(force=force)), list(Person.objects.filter(force=force))
    units = list(Unit.objects.filter(force=force).order_by("pk"))
    for person, reason in also.leavers:
        _leave(people[person], reason)
    for number, after, unit, fte in also.reprofiled:
        if number < len(posts):
            post = posts[number]
            try:
                with transaction.atomic():
                    post_reprofile(
                        post=post,
                        reference=f"{post.reference}-{after}",
                        starts_on=invented.FIRST + timedelta(days=after),
                        unit=units[unit],
                        fte=fte,
                    )
            except ValidationError:
                pass


def _leave(person: Person, reason: str) -> None:
    """Employed for as long as the postings reach, and no longer."""
    held = list(Posting.objects.filter(person=person))
    if not held or any(posting.during.upper is None for posting in held):
        return
    first = min(posting.during.lower for posting in held)
    last = max(posting.during.upper for posting in held)
    Person.objects.filter(pk=person.pk).update(employed=DateRange(first, last), leaving_reason=reason)


def _correct(force: Force, also: Events) -> None:
    postings = list(Posting.objects.filter(force=force).order_by("pk"))
    for number, fte in also.corrected:
        if number < len(postings):
            try:
                with transaction.atomic():
                    Posting.objects.filter(pk=postings[number].pk).update(fte=fte)
            except IntegrityError:
                pass
    if also.moved_unit:
        unit_move(unit=force.units.get(name="North"), parent=force.units.get(name="Crime"))


@contextmanager
def undone() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
            raise _Undo
    except _Undo:
        pass
