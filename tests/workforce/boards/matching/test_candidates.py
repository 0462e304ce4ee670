"""Who could fill a post: the facts behind each reason, and what is told to whom."""

from datetime import date
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from peelsite.accounts.models import Membership
from peelsite.accounts.permissions import Role as UserRole
from peelsite.audit.models import SensitiveRead
from tests import factories
from tests.workforce.boards.invented import DAY
from workforce.boards.matching.models import (
    MinimumStrength,
    PromotionPlace,
)
from workforce.boards.matching.selectors import Wanted, candidates_for
from workforce.boards.matching.services import preference_set
from workforce.people.models import Absence, LimitedDuty


def url(asked, name, *args):
    return reverse(f"boards:{name}", args=[asked.world.force.slug, *args])


def candidates(asked, **changes):
    to_fill = asked.to_fill()
    [found] = candidates_for(asked.world.force, [Wanted.of(to_fill, DAY)], DAY, **changes)
    return found


def test_everyone_is_assessed_and_the_reasons_are_facts(asked):
    world = asked.world
    PromotionPlace.objects.create(
        force=world.force,
        person=world.people["C-2"],
        rank=world.posts["B-1"].rank,
        standing="pool",
        during=DateRange(date(2016, 1, 1), None),
    )
    preference_set(
        person=world.people["C-3"], wants_move=True, unit=world.custody, remarks="To be near my mother."
    )
    found = candidates(asked)
    assert {each.person_id for each in found.able} == {person.pk for person in world.people.values()}
    lines = {
        reference: [reason.words for reason in found.of(world.people[reference].pk).reasons]
        for reference in world.people
    }
    assert "Constable, in the promotion pool for sergeant" in lines["C-2"]
    assert "Constable, neither in the promotion pool nor qualified: could only act" in lines["C-1"]
    assert "Wishes for the unit: Custody" in lines["C-3"]
    assert "Does the same in the same place: the gap would only move" in lines["B-4"]
    assert "Leaves constables, Response officer, Response short of 1.0 FTE" in lines["C-1"]
    assert found.able[0].person_id == world.people["C-2"].pk
    assert not any("mother" in words for each in lines.values() for words in each)


def test_a_move_decided_on_takes_no_rank_from_below(asked):
    asked.world.board.items.get().decisions.update(source="move")
    found = candidates(asked)
    assert [each.person_id for each in found.able] == [asked.world.people["B-4"].pk]
    [reason] = found.of(asked.world.people["C-1"].pk).cannot
    assert reason == "Constable: the post is for a sergeant"


def test_health_is_told_to_those_who_may_see_it_and_orders_nothing(asked):
    world = asked.world
    LimitedDuty.objects.create(
        force=world.force,
        person=world.people["C-1"],
        kind="recuperative",
        during=DateRange(date(2016, 3, 1), date(2016, 8, 1)),
    )
    for sees, line in (
        (False, "Check with attendance and health before you propose"),
        (True, "Is on limited duties until 31 July 2016"),
    ):
        found = candidates(asked, sees_health=sees).of(world.people["C-1"].pk)
        assert line in found.to_know
        assert "ecuperative" not in " ".join(found.to_know)
    scores = {each.person_id: each.score for each in candidates(asked).able}
    assert scores[world.people["C-1"].pk] == scores[world.people["C-3"].pk]


def test_a_head_who_may_see_health_says_why_and_is_written_down(asked, client):
    world = asked.world
    LimitedDuty.objects.create(
        force=world.force,
        person=world.people["C-1"],
        kind="adjusted",
        during=DateRange(date(2016, 3, 1), date(2016, 8, 1)),
    )
    Membership.objects.create(user=world.head, force=world.force, role=UserRole.HEALTH)
    client.force_login(world.head)
    address = url(asked, "to-fill-post", asked.to_fill().pk)
    assert "Is on limited duties" not in client.get(address).content.decode()
    assert not SensitiveRead.objects.exists()
    factories.reason_give(client, world.force)
    assert "Is on limited duties until 31 July 2016" in client.get(address).content.decode()
    read = SensitiveRead.objects.get()
    assert (read.kind, read.reason) == ("health_list", "Review of long absences")


def test_the_absent_cannot_and_the_kind_is_not_told(asked):
    Absence.objects.create(
        force=asked.world.force,
        person=asked.world.people["C-1"],
        kind="sickness",
        during=DateRange(date(2016, 1, 1), None),
    )
    [reason] = candidates(asked).of(asked.world.people["C-1"].pk).cannot
    assert reason == "Is away from work on 1 May 2016, and no day of return is known"


def test_a_team_at_its_minimum_speaks_against(asked):
    MinimumStrength.objects.create(
        force=asked.world.force,
        unit=asked.world.response,
        fte=Decimal(3),
        during=DateRange(date(2016, 1, 1), None),
        reason="One a shift",
    )
    found = candidates(asked).of(asked.world.people["C-1"].pk)
    assert "Response would fall to 2.0 FTE, below its minimum of 3.0" in found.reasons_against
