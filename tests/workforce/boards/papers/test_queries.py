"""Pages of packs, members and joint boards make the same queries for few rows and for many."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from peelsite.forces.models import JointUnit
from tests import factories
from tests.query_counts import query_count
from tests.workforce.boards.invented import world_make
from tests.workforce.boards.papers.invented import prepared
from workforce.boards.joint.services import joint_create, part_join
from workforce.boards.members.services import member_add

SINCE = date(2016, 2, 10)


@pytest.mark.django_db
@pytest.mark.parametrize("many", [2, 25])
def test_the_same_queries_for_few_and_for_many(client, many):
    world = prepared()
    for number in range(many):
        unit = factories.unit_make(world.force, f"Team {number}", parent=world.custody.parent)
        post = factories.post_make(world.force, unit=unit, rank="SGT", starts_on=SINCE)
        factories.posting_make(factories.person_make(world.force), post, starts_on=SINCE)
        member_add(
            series=world.series, role="member", name=f"Member {number}", address=f"m{number}@peelsite.invalid"
        )
    world.publish()
    partner = world_make("Partnershire")
    JointUnit.objects.create(
        force=world.force, unit=world.custody, partner=partner.force, during=DateRange(SINCE, None)
    )
    joint = joint_create(force=world.force, unit=world.custody, name="Joint custody", starts_on=SINCE)
    part_join(joint=joint, force=partner.force, unit=partner.custody, starts_on=SINCE)
    board, slug = world.board.pk, world.force.slug
    part = {"dimension": "total", "kind": "created"}
    for name, user, address, given in (
        ("changes", world.analyst, reverse("boards:changes", args=[slug, board]), {"dimension": "total"}),
        ("changes-rows", world.hr, reverse("boards:changes-rows", args=[slug, board]), part),
        ("members", world.hr, reverse("boards:members", args=[slug, world.series.pk]), {}),
        ("joint", world.analyst, reverse("boards:joint", args=[slug, joint.pk]), {}),
        ("joint-list", world.analyst, reverse("boards:joint-list", args=[slug]), {}),
    ):
        client.force_login(user)
        client.get(address, given)
        with query_count(f"boards:{name}"):
            assert client.get(address, given).status_code == 200
