"""The effect of a decision on the projection, shown before it is confirmed."""

from datetime import date
from decimal import Decimal

import pghistory
import pytest
from django.urls import reverse

from tests.editing.pages import opened, sent_of
from tests.workforce.boards.invented import FILL_BY, PACK
from tests.workforce.boards.test_following import cell_of
from tests.workforce.boards.test_pages import day_of, page
from workforce.boards.agenda.services import agenda_draw_up
from workforce.boards.decisions.calc import LineEffect, ProjectedRange
from workforce.boards.decisions.models import Decision, DecisionKind, FillSource, PostToFill
from workforce.boards.decisions.selectors import effect_shown
from workforce.boards.decisions.services import decision_change, decision_try
from workforce.establishment.models import Rank
from workforce.projection.models import PlannedChange
from workforce.projection.services.records import pool_create
from workforce.projection.services.runs import run_make, run_request


def nobody_promoted(force) -> None:
    """A pool without anybody in it: else the projection fills sergeants' posts by promotion by itself."""
    pool_create(
        force=force, rank=Rank.objects.get(force=None, code="SGT"), ready_on=date(2016, 3, 1), number=0
    )


@pytest.fixture
def projected(world):
    """A projection of the pack day stands; custody's three vacant posts are projected to stay so."""
    nobody_promoted(world.force)
    run, _ = run_request(force=world.force, as_at=PACK, draws=100)
    run_make(run_id=run.pk)
    world.publish()
    return world


def effect(world, *references, **changes):
    item = world.custody_item()
    deciding = decision_try(item=item, values=world.values(*references, **changes))
    return effect_shown(item, deciding, world.force.opening_day)


def fields_of(world, *references, **more) -> dict:
    fields = {
        "posts": [world.posts[reference].pk for reference in references],
        "source": "intake",
        "owner": world.head.pk,
        "reason": "Two teams, typed with care.",
        "seen": "0",
    }
    return fields | day_of("effective_on", "2016-05-01") | day_of("due_on", "2016-05-15") | more


# What is reckoned.


def test_a_transferee_closes_the_gap_by_as_much_and_leaves_nothing_behind(projected):
    shown = effect(projected, "B-1", "B-2", source=FillSource.TRANSFEREE)
    assert shown.as_at == PACK
    custody = shown.lines[0]
    assert custody.effect.label == "Sergeant, Custody sergeant, Watchford, Custody"
    assert -2 <= custody.effect.moved <= -1
    assert not any(line.effect.gives for line in shown.lines)
    assert {line.kind.value for line in shown.lines} == {"cell", "unit", "rank"}


def test_a_move_shows_the_cell_that_gives(projected):
    donor = cell_of(projected.posts["C-1"])
    shown = effect(projected, "B-1", source=FillSource.MOVE, donor=donor)
    (gives,) = [line.effect for line in shown.lines if line.effect.gives]
    assert gives.label == "Constable, Response officer, Watchford, Response"
    assert gives.moved > 0
    assert {line.effect.label for line in shown.lines if line.kind.value == "unit"} == {"Custody", "Response"}


def test_a_deletion_takes_the_gap_away_with_the_post(projected):
    shown = effect(projected, "B-1", kind=DecisionKind.DELETE, source="")
    assert shown.lines[0].effect.moved == pytest.approx(-1)


def test_a_hold_changes_nothing_and_says_what_is_projected(projected):
    shown = effect(projected, kind=DecisionKind.HOLD, source="", effective_on=date(2016, 8, 1))
    assert shown.lines == ()
    assert shown.unchanged.effect.moved == 0
    assert shown.unchanged.effect.on >= date(2016, 8, 1)


def test_a_decision_that_is_changed_is_not_counted_twice(projected):
    decision = projected.decide("B-1", "B-2", source=FillSource.TRANSFEREE)
    item = projected.custody_item()
    values = projected.values("B-1", "B-2", source=FillSource.TRANSFEREE)
    deciding = decision_try(item=item, values=values, decision=decision)
    again = effect_shown(item, deciding, projected.force.opening_day, decision)
    assert -2 <= again.lines[0].effect.moved <= -1
    assert again.lines[0].before.at(12).gap > again.lines[0].after.at(12).gap


def test_the_agenda_keeps_the_projection_beside_its_items(world):
    nobody_promoted(world.force)
    run, _ = run_request(force=world.force, as_at=PACK, draws=100)
    run_make(run_id=run.pk)
    (item,) = [item for item in agenda_draw_up(board=world.board) if item.unit == world.custody]
    assert "projected" in item.raised_by
    assert item.projected_p10 <= item.projected_p50 <= item.projected_p90
    assert item.projected_threshold == Decimal(2)
    world.series.projected_gap_fte = Decimal(90)
    world.series.save()
    (item,) = [item for item in agenda_draw_up(board=world.board) if item.unit == world.custody]
    assert "projected" not in item.raised_by
    assert item.projected_chance == 0


# In words.


def line(before: float, after: float, chances=(0.81, 0.34), **more) -> LineEffect:
    ranges = [
        ProjectedRange(p10=middle - 1, p50=middle, p90=middle + 1, chance=chance)
        for middle, chance in zip((before, after), chances, strict=True)
    ]
    return LineEffect(
        label="Custody", on=date(2017, 3, 31), threshold=2.0, before=ranges[0], after=ranges[1], **more
    )


def test_the_effect_in_words():
    assert line(4, 1.5).sentence == (
        "Custody is projected to be 1.5 FTE under establishment (80% range 0.5 to 2.5 FTE under) on "
        "31 March 2017, in place of 4.0 FTE under establishment (80% range 3.0 to 5.0 FTE under). "
        "The chance of more than 2.0 FTE under goes from 81% to 34%."
    )
    assert line(4, 4.01, (0.5, 0.5)).sentence == (
        "Custody stays at 4.0 FTE under establishment (80% range 3.0 to 5.0 FTE under) on 31 March 2017. "
        "The chance of more than 2.0 FTE under stays at 50%."
    )


# On the page.


def test_the_effect_is_seen_before_it_is_decided_and_nothing_typed_is_lost(client, projected):
    client.force_login(projected.chief)
    address = page("decide", projected, projected.custody_item().pk, "fill")
    fields = fields_of(projected, "B-1", "B-2", fte="2")
    shown = client.post(address, fields | {"step": "effect"})
    html = shown.content.decode()
    assert shown.status_code == 200
    assert "Effect on the projection" in html
    assert "Sergeant, Custody sergeant, Watchford, Custody is projected to be" in html
    assert "What it leaves behind" in html
    assert "The chance of more than 2.0 FTE under" in html
    assert "Two teams, typed with care." in html
    assert not Decision.objects.exists()
    assert not PostToFill.objects.exists()
    assert not PlannedChange.objects.exists()
    answer = client.post(address, sent_of(shown.context["form"]), follow=True)
    assert "Decided: Fill posts B-1 and B-2 (2.0 FTE) from the intake of new joiners" in (
        answer.content.decode()
    )
    decision = Decision.objects.get()
    assert (decision.reason, decision.effective_on) == ("Two teams, typed with care.", FILL_BY)


def test_what_cannot_be_decided_has_no_effect(client, projected):
    client.force_login(projected.chief)
    address = page("decide", projected, projected.custody_item().pk, "fill")
    html = client.post(address, fields_of(projected, "B-1") | {"step": "effect", "fte": "7"}).content.decode()
    assert "enter that or less" in html
    assert "Effect on the projection" not in html


def test_without_a_projection_the_page_says_how_to_make_one(client, world):
    world.publish()
    client.force_login(world.chief)
    address = page("decide", world, world.custody_item().pk, "fill")
    html = client.post(address, fields_of(world, "B-1") | {"step": "effect"}).content.decode()
    assert "No projection has been made of this force yet" in html
    assert reverse("projection:overview", args=[world.force.slug]) in html


def test_the_address_of_a_suggestion_fills_the_form_in(client, world):
    world.publish()
    client.force_login(world.chief)
    donor = cell_of(world.posts["C-1"])
    asked = {
        "source": "move",
        "fte": "1.5",
        "effective_on": "2016-06-01",
        "reason": "The plan of 31 March.",
        "donor_rank": donor.rank_id,
        "donor_role": donor.role_id,
        "donor_location": donor.location_id,
        "donor_unit": donor.unit_id,
        "posts": [world.posts["B-1"].pk, world.posts["B-2"].pk],
        # Not understood: left out.
        "owner": "999999",
        "due_on": "soon",
        "form_key": "mine",
    }
    address = page("decide", world, world.custody_item().pk, "fill")
    sent = sent_of(client.get(address, asked).context["form"])
    assert (sent["source"], sent["fte"], sent["reason"]) == ("move", "1.5", "The plan of 31 March.")
    assert sent["effective_on"] == "2016-06-01"
    assert sent["donor"] == "-".join(
        str(each) for each in (donor.rank_id, donor.role_id, donor.location_id, donor.unit_id)
    )
    assert sorted(sent["posts"]) == sorted(str(world.posts[each].pk) for each in ("B-1", "B-2"))
    assert sent["owner"] == str(world.head.pk)
    assert sent["form_key"] != "mine"
    answer = client.post(f"{address}?source=move", sent | day_of("due_on", "2016-06-01"), follow=True)
    assert "Decided: Fill posts B-1 and B-2 (1.5 FTE) by a move" in answer.content.decode()


def test_two_secretaries_at_one_decision_with_its_new_fields_and_the_effect_between(client, projected):
    """The second looks at the effect while the first saves, and still loses nothing unseen."""
    donor = cell_of(projected.posts["C-1"])
    decision = projected.decide("B-1", source=FillSource.PROMOTION)
    client.force_login(projected.deputy)
    address = page("decision", projected, decision.pk)
    seen = opened(client, address)
    text = "-".join(str(each) for each in (donor.rank_id, donor.role_id, donor.location_id, donor.unit_id))
    mine = {"donor": text, "reason": "Mine, typed with care."} | day_of("review_on", "2016-09-01")
    with pghistory.context(user=projected.chief.pk):
        decision_change(
            decision=decision,
            values=projected.values("B-1", reason="Theirs.", review_on=date(2016, 8, 1)),
            user=projected.chief,
        )
    shown = client.post(address, seen | mine | {"step": "effect"})
    assert "Effect on the projection" in shown.content.decode()
    assert Decision.objects.get().reason == "Theirs."
    told = client.post(address, sent_of(shown.context["form"]))
    assert told.status_code == 409
    chosen = {row.name for row in told.context["form"].conflict.rows if row.outcome == "choose"}
    assert chosen == {"reason", "review_on"}
    html = told.content.decode()
    assert "Mine, typed with care." in html
    assert "1 August 2016" in html
    choice = {"keep_reason": "mine", "keep_review_on": "theirs"}
    assert client.post(address, sent_of(told.context["form"]) | choice).status_code == 302
    decision.refresh_from_db()
    assert (decision.reason, decision.review_on) == ("Mine, typed with care.", date(2016, 8, 1))
    assert decision.donor == donor


def test_a_decision_taken_while_the_effect_was_looked_at_is_told(client, projected):
    client.force_login(projected.deputy)
    address = page("decide", projected, projected.custody_item().pk, "fill")
    shown = client.post(address, fields_of(projected, "B-2", fte="1") | {"step": "effect"})
    projected.decide("B-1", reason="Quicker.")
    told = client.post(address, sent_of(shown.context["form"]))
    assert told.status_code == 409
    assert "after you opened it" in told.content.decode()
    assert client.post(address, sent_of(told.context["form"])).status_code == 302
    assert Decision.objects.count() == 2


def test_programs_ask_for_the_effect(client, projected):
    client.force_login(projected.chief)
    body = {
        "item": projected.custody_item().pk,
        "kind": "fill",
        "source": "move",
        "donor": {
            name: getattr(cell_of(projected.posts["C-1"]), name)
            for name in ("rank_id", "role_id", "location_id", "unit_id")
        },
        "fte": "1",
        "posts": [projected.posts["B-1"].pk],
        "effective_on": "2016-05-01",
        "due_on": "2016-05-01",
        "owner": projected.head.pk,
        "reason": "Asked by a program.",
    }
    answer = client.post(reverse("decision-effect"), body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    found = answer.json()
    assert found["as_at"] == "2016-03-29"
    assert [line["gives"] for line in found["lines"][:2]] == [False, True]
    assert found["lines"][0]["after"]["p50"] < found["lines"][0]["before"]["p50"]
    refused = client.post(reverse("decision-effect"), body | {"fte": "9"}, content_type="application/json")
    assert refused.status_code == 400
    assert not Decision.objects.exists()
