"""Joint boards: the parts of several forces, added up once, their shares, and who may see what."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from peelsite import walls
from peelsite.accounts.permissions import Role
from peelsite.forces.models import JointUnit
from tests import factories
from tests.workforce.boards.invented import DAY, world_make
from workforce.boards.joint.calc import account_change, shares_fault, shares_on
from workforce.boards.joint.models import JointAllocation, JointPart
from workforce.boards.joint.selectors import changes_between, joint_for, joints_of, offered_to, parts_on
from workforce.boards.joint.services import allocation_decide, joint_create, part_join
from workforce.establishment.selectors import establishment_as_at

pytestmark = pytest.mark.django_db

SINCE = date(2016, 1, 1)
AMOUNTS = st.decimals(0, 500, places=2)
SHARES = st.decimals(0, 1, places=4)


@pytest.fixture
def lead():
    return world_make("Leadshire")


@pytest.fixture
def partner(lead):
    """Another force with posts and people of its own, with which Custody is run."""
    world = world_make("Partnershire")
    JointUnit.objects.create(
        force=lead.force, unit=lead.custody, partner=world.force, during=DateRange(date(2013, 4, 1), None)
    )
    return world


@pytest.fixture
def joint(lead, partner):
    made = joint_create(force=lead.force, unit=lead.custody, name="Joint custody", starts_on=SINCE)
    part_join(joint=made, force=partner.force, unit=partner.custody, starts_on=SINCE)
    return made


def agree(joint, lead, *, ours: str, theirs: str, starts_on: date, reason: str = "Agreed by both."):
    shares = {
        part.pk: Decimal(ours if part.force_id == lead.force.pk else theirs) for part in joint.parts.all()
    }
    return allocation_decide(joint=joint, shares=shares, starts_on=starts_on, reason=reason, user=lead.chief)


@given(AMOUNTS, AMOUNTS, SHARES, SHARES)
def test_then_real_and_accounting_are_now(whole_then, whole_now, share_then, share_now):
    change = account_change(whole_then, whole_now, share_then, share_now)
    assert change.then == whole_then * share_then
    assert change.now == whole_now * share_now
    assert account_change(whole_then, whole_then, share_then, share_now).real == 0
    assert account_change(whole_then, whole_now, share_then, share_then).accounting == 0


def test_shares_hold_from_their_day_until_the_next():
    told = [(date(2016, 1, 1), {1: Decimal(1)}), (date(2016, 3, 1), {1: Decimal("0.4"), 2: Decimal("0.6")})]
    assert shares_on(told, date(2015, 12, 31)) == {}
    assert shares_on(told, date(2016, 2, 29)) == {1: Decimal(1)}
    assert shares_on(told, date(2016, 3, 1))[2] == Decimal("0.6")
    assert "add up to 90%" in shares_fault({1: Decimal("0.9")})


def test_each_part_is_counted_once_and_the_whole_is_their_sum(joint, lead, partner):
    seen = joint_for(lead.force, joint.pk)
    parts = parts_on(seen, DAY)
    assert [part.part.force for part in parts] == [lead.force, partner.force]
    for part, world in zip(parts, (lead, partner), strict=True):
        own = establishment_as_at(world.force, DAY)
        custody = next(line for line in own.by_unit if line.key == world.custody.pk)
        assert part.figures == custody.figures
        assert part.whole.establishment_fte == 8
        assert part.whole.strength_fte == 2
        assert part.share is part.account_fte is None


def test_a_change_of_shares_is_accounting_and_a_new_post_is_real(joint, lead, partner):
    agree(joint, lead, ours="0.5", theirs="0.5", starts_on=SINCE)
    agree(joint, lead, ours="0.25", theirs="0.75", starts_on=date(2016, 3, 1))
    factories.post_make(partner.force, "N-1", rank="SGT", unit=partner.custody, starts_on=date(2016, 3, 2))
    seen = joint_for(lead.force, joint.pk)
    ours, theirs = changes_between(parts_on(seen, SINCE), parts_on(seen, DAY))
    assert (ours.employed_then, ours.employed_now) == (4, 4)
    assert (ours.account.then, ours.account.real, ours.account.accounting) == (
        Decimal(4),
        Decimal("0.5"),
        Decimal("-2.25"),
    )
    assert ours.account.now + theirs.account.now == 9
    assert ours.account.accounting + theirs.account.accounting == 0
    assert theirs.employed_now - theirs.employed_then == 1


def test_shares_are_a_whole_and_stay(joint, lead):
    with pytest.raises(ValidationError, match="they must be 100% together"):
        agree(joint, lead, ours="0.5", theirs="0.4", starts_on=SINCE)
    with pytest.raises(ValidationError, match="Enter what was agreed"):
        agree(joint, lead, ours="0.5", theirs="0.5", starts_on=SINCE, reason=" ")
    allocation = agree(joint, lead, ours="0.5", theirs="0.5", starts_on=SINCE)
    with pytest.raises(ValidationError, match="choose a later day"):
        agree(joint, lead, ours="0.4", theirs="0.6", starts_on=SINCE)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for statement in (
        "UPDATE workforce_jointshare SET share = 0.1",
        "DELETE FROM workforce_jointshare",
        "UPDATE workforce_jointallocation SET starts_on = starts_on + 1",
        "DELETE FROM workforce_jointallocation",
    ):
        refused(statement, "can no longer change")
    refused(
        "INSERT INTO workforce_jointshare (allocation_id, part_id, share)"
        f" SELECT {other_allocation(allocation)}, part_id, 0.3 FROM workforce_jointshare LIMIT 1",
        "must be 100% together",
    )


def refused(statement: str, sentence: str) -> None:
    with (
        pytest.raises(IntegrityError, match=sentence),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def other_allocation(allocation: JointAllocation) -> int:
    return JointAllocation.objects.create(
        joint=allocation.joint,
        starts_on=DAY,
        reason="Without shares yet.",
        decided_by=allocation.decided_by,
        decided_at=allocation.decided_at,
    ).pk


def test_only_forces_that_run_the_unit_put_a_part_in(joint, lead, partner):
    stranger = world_make("Strangeshire")
    with pytest.raises(ValidationError, match="is not run with Strangeshire"):
        part_join(joint=joint, force=stranger.force, unit=stranger.custody, starts_on=SINCE)
    with pytest.raises(ValidationError, match="has a part in Joint custody already"):
        part_join(joint=joint, force=partner.force, unit=partner.response, starts_on=DAY)
    with pytest.raises(ValidationError, match="Choose a unit of your own force"):
        part_join(joint=joint, force=partner.force, unit=lead.response, starts_on=DAY)
    with pytest.raises(ValidationError, match="is run with no other force"):
        joint_create(force=lead.force, unit=lead.response, name="Alone", starts_on=SINCE)
    assert joint_for(stranger.force, joint.pk) is None
    assert joints_of(stranger.force) == []
    assert offered_to(stranger.force, DAY) == []


def test_a_part_is_seen_by_the_others_only_once_its_force_put_it_in(lead, partner):
    made = joint_create(force=lead.force, unit=lead.custody, name="Joint custody", starts_on=SINCE)
    assert [part.part.force for part in parts_on(joint_for(lead.force, made.pk), DAY)] == [lead.force]
    (offer,) = offered_to(partner.force, DAY)
    assert (offer.joint.pk, offer.lead) == (made.pk, lead.force)
    assert joint_for(partner.force, made.pk) is None
    part_join(joint=made, force=partner.force, unit=partner.custody, starts_on=SINCE)
    assert offered_to(partner.force, DAY) == []
    for world in (lead, partner):
        assert len(parts_on(joint_for(world.force, made.pk), DAY)) == 2
        assert [each.pk for each in joints_of(world.force)] == [made.pk]


def test_the_wall_hides_a_part_from_who_does_not_step_through_it(joint, lead, partner):
    with walls.within(lead.force.pk):
        assert {part.force_id for part in JointPart.objects.all()} == {lead.force.pk}
        assert joint_for(lead.force, joint.pk).part_of(partner.force) is not None
        assert {part.force_id for part in JointPart.objects.all()} == {lead.force.pk}


def test_members_of_either_force_see_the_sums_and_rows_only_of_their_own(client, joint, lead, partner):
    agree(joint, lead, ours="0.5", theirs="0.5", starts_on=SINCE)
    for world, other in ((lead, partner), (partner, lead)):
        client.force_login(world.analyst)
        address = reverse("boards:joint", args=[world.force.slug, joint.pk])
        html = client.get(address).content.decode()
        assert "2 forces employ 8 posts" in html
        assert other.force.name in html
        assert f"/{world.force.slug}/establishment/?on=" in html
        assert f"/{other.force.slug}/" not in html
        assert not any(person.family_name in html for person in other.people.values())
        assert client.get(f"{address}?download=xlsx").status_code == 200
        assert client.get(reverse("boards:joint", args=[other.force.slug, joint.pk])).status_code == 404
    stranger = factories.user_make(Role.CHIEF_OFFICER, factories.force_make("Strangeshire"))
    client.force_login(stranger)
    assert client.get(reverse("boards:joint", args=["strangeshire", joint.pk])).status_code == 404


def test_shares_are_agreed_on_the_page_of_the_force_that_keeps_the_board(client, joint, lead, partner):
    address = reverse("boards:joint-allocate", args=[lead.force.slug, joint.pk])
    client.force_login(lead.hr)
    assert client.get(address).status_code == 403
    client.force_login(partner.chief)
    assert (
        client.get(reverse("boards:joint-allocate", args=[partner.force.slug, joint.pk])).status_code == 404
    )
    client.force_login(lead.chief)
    ours, theirs = (part.pk for part in joint_for(lead.force, joint.pk).parts)
    sent = {
        f"share_{ours}": "40",
        f"share_{theirs}": "50",
        "reason": "Strategic board of March.",
        "starts_on_day": "1",
        "starts_on_month": "3",
        "starts_on_year": "2016",
    }
    assert "The shares add up to 90%" in client.post(address, sent).content.decode()
    html = client.post(address, sent | {f"share_{theirs}": "60"}, follow=True).content.decode()
    assert "Shares are agreed from 1 March 2016" in html
    assert "40.00%" in html
    assert "3.2" in html
