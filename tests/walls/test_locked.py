"""A row is locked by itself: what its usual order looks up beside it may be out of reach."""

import pytest
from django.db import transaction

from peelsite import walls
from peelsite.web.editing.records import locked
from tests import factories
from workforce.boards.suggestions.models import CivilianRole

pytestmark = pytest.mark.django_db


def test_a_row_that_is_ordered_by_a_national_rank_is_locked_within_its_force():
    force = factories.force_make()
    row = CivilianRole.objects.create(
        force=force,
        rank=factories.ranks_make()["CON"],
        role=factories.role_make(force),
        staff_rank=factories.rank_make(force, "GRADE-C"),
        reason="Interviews need no officer.",
    )
    assert "rank__order" in CivilianRole._meta.ordering
    with walls.within(force.pk), transaction.atomic():
        assert locked(row) == row
