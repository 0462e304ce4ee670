"""Random sound files: imported, exported and imported again; and part of them with changes, against the
reference."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.imports import steps
from tests.imports.files import delimited
from tests.reference.imports import Row, outcomes
from workforce.people.models import Posting

HEADINGS = [
    "Collar no", "Surname", "Forenames", "Date joined", "Date left", "Post ref", "Start in post", "Until",
    "FTE",
    "Supernumerary",
]  # fmt: skip
MOST = 12
FIRST = date(2010, 4, 1)

names = st.text(alphabet="abcdefghijklmnopqrstuvwxyzé'- ", min_size=1, max_size=12).map(
    lambda text: f"N{' '.join(text.split())}"
)


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    """Up to MOST people, each in a post of their own, all dates in order."""
    made = []
    for number in range(draw(st.integers(1, MOST))):
        joined = FIRST + timedelta(days=draw(st.integers(0, 2000)))
        starts = joined + timedelta(days=draw(st.integers(0, 500)))
        ends = draw(st.none() | st.integers(0, 1000).map(lambda days, day=starts: day + timedelta(days=days)))
        last = ends or starts
        left_on = draw(
            st.none() | st.integers(0, 1000).map(lambda days, day=last: day + timedelta(days=days))
        )
        fte = Decimal(draw(st.integers(1, 10_000))) / 10_000
        made.append(
            Row(f"C{number}", draw(names), draw(names), joined, left_on, f"P-{number}", starts, ends, fte,
                draw(st.booleans()))
        )  # fmt: skip
    return made


def cells(row: Row) -> list[object]:
    return [
        row.number, row.family_name, row.given_names, row.joined, row.left_on or "", row.post, row.starts,
        row.ends or "", f"{row.fte}", "yes" if row.supernumerary else "no",
    ]  # fmt: skip


def exported(force) -> list[list[object]]:
    """What the site holds, written as a person would write it."""
    return [
        [
            posting.person.number, posting.person.family_name, posting.person.given_names,
            posting.person.employed.lower, _last(posting.person.employed.upper), posting.post.reference,
            posting.during.lower, _last(posting.during.upper), f"{posting.fte}",
            "yes" if posting.is_supernumerary else "no",
        ]
        for posting in Posting.objects.of_force(force).select_related("person",
            "post").order_by("person__number")
    ]  # fmt: skip


def _last(upper: date | None) -> date | str:
    return upper - timedelta(days=1) if upper else ""


@pytest.fixture
def posts(force):
    for number in range(MOST * 2):
        factories.post_make(force, f"P-{number}")


@pytest.mark.usefixtures("posts")
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=rows(), second=rows(), data=st.data())
def test_random_files(
    force, tmp_path: Path, first: list[Row], second: list[Row], data: st.DataObject
) -> None:
    def count(kept: list[list[object]], *, load: bool = False) -> dict[str, int]:
        path = delimited(tmp_path / "people.csv", [HEADINGS, *kept])
        batch = (steps.loaded if load else steps.checked)(force, "people", path)
        assert batch.counts["refused"] == 0, steps.issues(batch)
        assert batch.state == ("loaded" if load else "ready"), batch.error
        return {name: batch.counts[name] for name in ("new", "changed", "unchanged")}

    with transaction.atomic():
        loaded = count([cells(row) for row in first], load=True)
        assert loaded == {"new": len(first), "changed": 0, "unchanged": 0}
        again = count(exported(force))
        assert again == {"new": 0, "changed": 0, "unchanged": len(first)}
        # Half of the first file again, some of it renamed, and people of the second file under other numbers.
        half = [
            replace(row, family_name=data.draw(names)) if data.draw(st.booleans()) else row
            for row in first[::2]
        ]
        others = [replace(row, number=f"D{row.number}", post=f"P-{MOST + n}") for n, row in enumerate(second)]
        wanted = outcomes(first, half + others)
        assert count([cells(row) for row in half + others]) == {
            name: wanted[name] for name in ("new", "changed", "unchanged")
        }
        transaction.set_rollback(True)
