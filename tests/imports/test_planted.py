"""Twelve planted faults: each is refused with its row, its column and a sentence; all else is loaded."""

from pathlib import Path

import pytest

from tests.imports import planted, steps
from workforce.establishment.models import Post
from workforce.people.models import Person, Posting

pytestmark = pytest.mark.django_db


def test_each_fault_is_refused_with_row_column_and_sentence(force, tmp_path: Path) -> None:
    path = tmp_path / "hr.xlsx"
    faults = planted.planted_workbook(path, force)
    found = []
    for target, sheet in (("posts", planted.POSTS_SHEET), ("people", planted.PEOPLE_SHEET)):
        batch = steps.loaded(force, target, path, sheet=sheet)
        assert batch.state == "loaded", batch.error
        found += [(target, *issue) for issue in steps.issues(batch)]
    assert len(found) == len(faults) == 12
    for fault, (target, row, column, sentence) in zip(faults, found, strict=True):
        assert (target, row, column) == (fault.target, fault.row, fault.column)
        assert sentence.startswith(fault.starts_with)
    assert Post.objects.of_force(force).count() == planted.GOOD_POSTS
    assert Person.objects.of_force(force).count() == planted.GOOD_PEOPLE
    assert Posting.objects.of_force(force).count() == planted.GOOD_PEOPLE
