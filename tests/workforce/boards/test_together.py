"""Several decisions on one item, the cell that gives, and posts that become something else."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from peelsite.forces.models import JointUnit
from tests import factories
from tests.workforce.boards.invented import DAY, FILL_BY
from tests.workforce.boards.test_following import cell_of
from workforce.boards.decisions.calc import Amount, together
from workforce.boards.decisions.models import Decision, DecisionKind, FillSource
from workforce.boards.decisions.selectors import gap_to_decide, together_on
from workforce.boards.decisions.services import action_close, decision_change, decision_try
from workforce.boards.minutes.selectors import minutes_of
from workforce.establishment.models import Post
from workforce.people.models import Posting


@pytest.fixture
def published(world):
    world.publish()
    return world


def hold(world, fte, **changes) -> Decision:
    return world.decide(kind=DecisionKind.HOLD, source="", fte=Decimal(fte), **changes)


def reprofile(world, *references, **changes) -> Decision:
    fields = {
        "kind": DecisionKind.REPROFILE,
        "source": "",
        "profile": cell_of(world.posts["C-1"]),
        "new_reference": "R",
    }
    return world.decide(*references, **fields | changes)


# Together against the gap.


def test_part_is_filled_and_the_rest_is_held(published):
    published.decide("B-1", "B-2")
    hold(published, 1, effective_on=date(2016, 6, 20))
    found = together_on(published.custody_item(), DAY)
    assert found.words == "2.0 to fill and 1.0 held of the 3.0 FTE short, vacant or projected"
    assert found.left_fte == 0


def test_more_than_the_gap_is_not_decided_by_two_decisions(published):
    with pytest.raises(ValidationError, match=r"4\.0 held of the 3\.0 FTE .* projected: 1\.0 FTE too much"):
        hold(published, 4)
    published.decide("B-1", "B-2")
    with pytest.raises(ValidationError) as refused:
        hold(published, 2)
    assert list(refused.value.message_dict) == ["fte"]
    (sentence,) = refused.value.messages
    assert sentence == (
        "That would be 2.0 to fill and 2.0 held of the 3.0 FTE short, vacant or projected, with the other "
        "decisions on this item: 1.0 FTE too much. Decide less, or change the other decisions first."
    )


def test_a_decision_is_changed_within_what_the_others_leave(published):
    published.decide("B-1", "B-2")
    held = hold(published, 1)
    values = published.values(kind=DecisionKind.HOLD, source="", fte=Decimal("0.5"))
    held = decision_change(decision=held, values=values, user=published.chief)
    with pytest.raises(ValidationError, match="too much"):
        decision_change(decision=held, values=replace(values, fte=Decimal(2)), user=published.chief)


def test_what_is_dropped_takes_nothing(published):
    dropped = published.decide("B-1", "B-2")
    action_close(action=dropped.action, state="dropped", reason="No.", user=published.hr, day=DAY)
    assert hold(published, 3).pk


def test_one_post_is_not_deleted_and_filled(published):
    published.decide("B-1", kind=DecisionKind.DELETE, source="")
    with pytest.raises(ValidationError, match="has already decided on post B-1"):
        reprofile(published, "B-1")


def test_a_projected_shortage_may_be_decided_on_before_it_is_there(world):
    """Three constables in three posts: nothing is short today, but the projection says two will be."""
    world.publish()
    item = world.custody_item()
    item.establishment_fte = item.strength_fte = Decimal(4)
    item.vacant_fte, item.projected_p90 = Decimal(0), Decimal("3.5")
    item.rank, item.role = world.posts["C-1"].rank, world.posts["C-1"].role
    item.location, item.unit = world.posts["C-1"].location, world.response
    assert gap_to_decide(item, FILL_BY) == Decimal("3.5")


def test_the_sum_counts_each_kind_once():
    amounts = [Amount(kind="fill", fte=Decimal(4)), Amount(kind="hold", fte=Decimal(2))]
    found = together([*amounts, Amount(kind="fill", fte=Decimal(1))], Decimal(6))
    assert found.words == "5.0 to fill and 2.0 held of the 6.0 FTE short, vacant or projected"
    assert (found.left_fte, found.is_too_much) == (-1, True)
    new = together([Amount(kind="new", fte=Decimal(9))], Decimal(6))
    assert new.words == "nothing decided of the 6.0 FTE short, vacant or projected"


# The cell that gives.


def test_a_move_names_the_cell_that_gives(published):
    with pytest.raises(ValidationError, match="that people move from"):
        published.decide("B-1", source=FillSource.MOVE)
    donor = cell_of(published.posts["C-1"])
    decision = published.decide("B-1", source=FillSource.MOVE, donor=donor)
    assert decision.donor == donor
    assert "by a move within the force, out of Constable, Response officer, Watchford, Response, by" in (
        minutes_of(published.board)
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"source": FillSource.INTAKE}, "Only a promotion, a move or acting"),
        ({"source": FillSource.PROMOTION, "of": "B-4"}, "This is the cell that gains"),
        ({"kind": DecisionKind.HOLD, "source": "", "posts": []}, "Only a promotion, a move or acting"),
    ],
)
def test_a_cell_that_cannot_give_is_refused(published, changes, sentence):
    donor = cell_of(published.posts[changes.pop("of", "C-1")])
    with pytest.raises(ValidationError, match=sentence):
        published.decide("B-1", donor=donor, **changes)


def test_a_cell_gives_no_more_than_it_has(published):
    for reference in ("C-2", "C-3"):
        Posting.objects.filter(post=published.posts[reference]).delete()
    with pytest.raises(ValidationError, match=r"has 1\.0 FTE in post on 1 May 2016, and 2\.0 would leave it"):
        published.decide("B-1", "B-2", source=FillSource.MOVE, donor=cell_of(published.posts["C-1"]))


def test_a_cell_of_another_force_is_refused(published):
    other = factories.post_make(factories.force_make("Othershire"), "X-1")
    with pytest.raises(ValidationError, match="unit of Testshire"):
        published.decide("B-1", source=FillSource.MOVE, donor=cell_of(other))


# Posts that become something else.


def test_reprofiled_posts_are_succeeded_and_their_holders_go_on(published):
    reprofile(published, "B-1", "B-4", to_fte=Decimal("0.8"), new_reference="D")
    with pytest.raises(ValidationError, match="FTE"):
        published.approve()
    Posting.objects.filter(post=published.posts["B-4"]).update(fte=Decimal("0.8"))
    board = published.approve()
    first, second = Post.objects.filter(reference__startswith="D-").order_by("reference")
    assert (first.succeeds, second.succeeds) == (published.posts["B-1"], published.posts["B-4"])
    assert {post.unit for post in (first, second)} == {published.response}
    assert (first.fte, first.during.lower) == (Decimal("0.8"), FILL_BY)
    assert Post.objects.get(reference="B-1").during.upper == FILL_BY
    assert Posting.objects.get(post=second).person == published.people["B-4"]
    assert (
        "Re-profile posts B-1 and B-4 (2.0 FTE) from 1 May 2016 as Constable, Response officer, Watchford, "
        "Response, 0.8 FTE each (D-1 and D-2)." in board.minutes
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"profile": None}, "Select the rank, role, location and unit"),
        ({"new_reference": ""}, "Enter the reference of the new post"),
        ({"new_reference": "C-1"}, "already has post C-1"),
        ({"posts": []}, "Select the posts"),
        ({"source": FillSource.MOVE}, "source"),
    ],
)
def test_an_incomplete_reprofiling_is_refused(published, changes, sentence):
    with pytest.raises((ValidationError, IntegrityError), match=sentence), transaction.atomic():
        reprofile(published, "B-1", **changes)


def test_a_reprofiling_that_changes_nothing_is_refused(published):
    with pytest.raises(ValidationError, match="Nothing would change for B-1"):
        reprofile(published, "B-1", profile=cell_of(published.posts["B-1"]))
    assert reprofile(published, "B-1", profile=cell_of(published.posts["B-1"]), to_fte=Decimal("0.5")).pk


# Changes of allocation in a joint unit.


@pytest.fixture
def joint(published) -> JointUnit:
    return JointUnit.objects.create(
        force=published.force,
        unit=published.custody,
        partner=factories.force_make("Partnershire"),
        during=DateRange(date(2013, 4, 1), None),
    )


def test_a_change_of_allocation_ends_the_post_here_and_says_that_nothing_real_changes(published, joint):
    decision = reprofile(published, "B-1", profile=None, new_reference="", joint_unit=joint)
    assert decision.is_allocation
    board = published.approve()
    assert (
        "Change the allocation of post B-1 (1.0 FTE) in Custody from 1 May 2016: Partnershire employs it. "
        "The joint establishment stays as it is." in board.minutes
    )
    assert Post.objects.get(reference="B-1").during.upper == FILL_BY
    assert not Post.objects.filter(succeeds__reference="B-1").exists()


def test_a_post_taken_over_from_the_partner_is_told_apart_from_growth(published, joint):
    published.decide(
        kind=DecisionKind.NEW,
        source="",
        funding=published.force.funding_sources.get(),
        new_posts=1,
        new_reference="T-1",
        joint_unit=joint,
    )
    board = published.approve()
    assert "Partnershire employed the same in Custody until then: a change of allocation" in board.minutes
    assert Post.objects.get(reference="T-1").unit == published.custody


def test_allocation_needs_a_joint_unit_that_runs_and_holds_the_posts(published, joint):
    elsewhere = JointUnit.objects.create(
        force=published.force,
        unit=published.response,
        partner=joint.partner,
        during=DateRange(date(2013, 4, 1), None),
    )
    fields = {"profile": None, "new_reference": ""}
    with pytest.raises(ValidationError, match="Custody is not in Response"):
        reprofile(published, "B-1", joint_unit=elsewhere, **fields)
    with pytest.raises(ValidationError, match="is held by"):
        reprofile(published, "B-4", joint_unit=joint, **fields)
    joint.during = DateRange(date(2013, 4, 1), FILL_BY)
    joint.save()
    with pytest.raises(ValidationError, match="is not run together on 1 May 2016"):
        reprofile(published, "B-1", joint_unit=joint, **fields)


# What PostgreSQL holds.


@pytest.mark.parametrize(
    "change",
    [
        "donor_rank_id = (SELECT rank_id FROM workforce_post LIMIT 1)",
        "to_fte = 1",
        "new_reference = 'X'",
        "kind = 'reprofile', source = ''",
        "to_rank_id = (SELECT rank_id FROM workforce_post LIMIT 1)",
    ],
)
def test_the_database_refuses_a_decision_that_is_not_whole(published, change):
    decision = published.decide("B-1")
    with (
        pytest.raises(IntegrityError, match="workforce_decision"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE workforce_decision SET {change} WHERE id = %s", [decision.pk])


# Tried, not taken.


def test_a_decision_that_is_tried_writes_nothing_and_refuses_what_taking_it_would(published):
    item = published.custody_item()
    deciding = decision_try(item=item, values=published.values("B-1", "B-2"))
    assert (deciding.fte, deciding.cell) == (Decimal(2), item.cell)
    assert not Decision.objects.exists()
    with pytest.raises(ValidationError, match="too much"):
        decision_try(item=item, values=published.values(kind=DecisionKind.HOLD, source="", fte=Decimal(9)))
