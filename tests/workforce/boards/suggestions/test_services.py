"""Plans kept with what they were made from; moves held fast; numbers from a day on; the job."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from peelsite.jobs.models import Job
from peelsite.jobs.services import job_queue, job_run
from peelsite.web.editing.records import Overtaken
from tests import factories
from tests.workforce.boards.invented import FILL_BY
from workforce.boards.decisions.models import FillSource
from workforce.boards.matching.models import MinimumStrength
from workforce.boards.suggestions.calc.problem import Source
from workforce.boards.suggestions.models import (
    CivilianRole,
    FillPlan,
    MoveRule,
    PlanKind,
    RoleWeight,
    RuleKind,
    SuggestionSettings,
)
from workforce.boards.suggestions.selectors import (
    Chances,
    facts_of,
    newest_plan,
    plan_read,
    suggestions_of_item,
)
from workforce.boards.suggestions.selectors.chances import change_of
from workforce.boards.suggestions.services import (
    chances_make,
    civilian_role_add,
    civilian_role_remove,
    plan_ahead_make,
    plan_make,
    plans,
    rule_add,
    rule_lift,
    settings_change,
    weight_set,
)
from workforce.boards.suggestions.tasks import AHEAD_JOB
from workforce.skills.models import PersonSkill, Skill, SkillRequirement

# Rather than the default second: a loaded machine must not change what a test sees.
SECONDS = 20


def planned(world) -> FillPlan:
    return plan_make(board=world.board, user=world.hr, seconds=SECONDS)


def donors(plan: FillPlan) -> dict[str, int]:
    """unit -> people, of the moves within the force."""
    return {
        move.donor_unit.name: move.heads
        for move in plan.moves.select_related("donor_unit").filter(donor_unit__isnull=False)
    }


def test_a_plan_is_kept_with_everything_it_was_made_from(asked):
    plan = planned(asked)
    assert (plan.asked_fte, plan.filled_fte, plan.status) == (3, 3, "optimal")
    assert plan.bound == plan.objective == Decimal(str(plan.summary["plan"]["points"]))
    assert len(plan.inputs_digest) == 64
    assert plan.weighing["training_places"] == 12
    assert donors(plan) == {"Control room": 3}
    move = plan.moves.get(donor_unit__name="Control room")
    assert (move.donor_gap_before, move.donor_gap_after, move.donor_minimum) == (-2, 1, 9)
    assert "It would be 1.0 FTE short, 10% of its establishment. It is at the same place." in move.reason
    assert plan.needs.get().item == asked.custody_item()
    assert plan.summary["rule"]["filled_fte"] <= plan.summary["plan"]["filled_fte"]


def test_the_same_agenda_gives_the_same_plan(asked):
    one, other = planned(asked), planned(asked)
    assert one.pk != other.pk
    assert one.inputs_digest == other.inputs_digest
    assert list(one.moves.values("source", "donor_unit", "heads", "reason")) == list(
        other.moves.values("source", "donor_unit", "heads", "reason")
    )
    assert newest_plan(asked.board) == other


def test_what_is_decided_is_not_asked_again(asked):
    asked.decide("B-1", "B-2")
    assert facts_of(asked.board).decided_fte == 2
    plan = planned(asked)
    assert (plan.asked_fte, plan.summary["decided_fte"]) == (1, 2)


def test_people_new_in_post_are_not_moved(asked):
    for posting in asked.force.postings.filter(post__unit__name="Control room"):
        posting.during = type(posting.during)(date(2016, 1, 4), None)
        posting.save(update_fields=["during"])
    assert "Control room" not in donors(planned(asked))


def test_the_minimum_of_a_unit_holds_beside_the_share(asked):
    unit = asked.force.units.get(name="Control room")
    MinimumStrength.objects.create(
        force=asked.force, unit=unit, fte=11, during=(date(2016, 1, 1), None), reason="Five teams"
    )
    assert donors(planned(asked))["Control room"] == 1


def test_skills_that_the_role_asks_for_need_no_training_place(asked):
    skill = Skill.objects.create(force=asked.force, code="CUS", name="Custody officer", levels=["Qualified"])
    SkillRequirement.objects.create(
        force=asked.force,
        skill=skill,
        role=asked.posts["B-1"].role,
        level=1,
        extent="everyone",
        during=(date(2015, 1, 1), None),
    )
    settings_change(
        force=asked.force,
        starts_on=date(2016, 1, 1),
        values={"training_places": 0},
        reason="No course before summer.",
    )
    assert planned(asked).filled_fte == 0
    person = asked.force.people.get(family_name="Control room 3")
    PersonSkill.objects.create(
        force=asked.force,
        person=person,
        skill=skill,
        level=1,
        state="confirmed",
        during=(date(2015, 1, 1), None),
        stated_on=date(2015, 1, 1),
        decided_by=asked.head,
        decided_on=date(2015, 1, 2),
        stated_by=asked.head,
    )
    plan = planned(asked)
    assert (plan.filled_fte, donors(plan)) == (1, {"Control room": 1})
    assert plan.moves.get().training_places == 0


def test_a_pin_a_ban_and_a_spared_donor_hold_and_are_lifted(asked):
    first = planned(asked)
    assert "Roads policing" not in donors(first)
    control = first.moves.get(donor_unit__name="Control room")
    spared = rule_add(move=control, kind="spare", reason="Two are on a course.", user=asked.chief)
    second = planned(asked)
    assert "Control room" not in donors(second)
    assert donors(second)["Roads policing"] == 1
    roads = second.moves.get(donor_unit__name="Roads policing")
    ban = rule_add(move=roads, kind="forbid", reason="A joint operation runs.", user=asked.hr)
    third = planned(asked)
    assert donors(third) == {}
    for rule in (spared, ban):
        rule_lift(rule=rule, user=asked.chief)
    assert donors(planned(asked)) == donors(first)
    rule_add(move=roads, kind="pin", heads=1, reason="Agreed with the head.", user=asked.hr)
    pinned = planned(asked)
    assert donors(pinned) == {"Control room": 2, "Roads policing": 1}
    assert pinned.objective > first.objective
    assert MoveRule.objects.count() == 3


def test_a_pin_that_cannot_hold_is_named(asked):
    move = planned(asked).moves.get(donor_unit__name="Control room")
    rule = rule_add(move=move, kind="pin", heads=2, reason="Agreed with the head.", user=asked.hr)
    settings_change(
        force=asked.force, starts_on=date(2016, 1, 1), values={"location_moves": 0}, reason="Peak season."
    )
    # Custody and control room are at one place; a move within it takes nobody away.
    assert planned(asked).summary["missing"] == []
    settings_change(
        force=asked.force, starts_on=date(2016, 1, 2), values={"training_places": 1}, reason="Peak season."
    )
    missing = planned(asked).summary["missing"]
    assert [(each["rule"], each["people"]) for each in missing] == [(rule.pk, 1)]
    assert missing[0]["why"] == "training places (1)"


@pytest.mark.parametrize(
    ("kind", "more", "words"),
    [
        ("pin", {}, "how many people"),
        ("pin", {"heads": 1, "reason": " "}, "Enter the reason"),
        ("forbid", {"reason": ""}, "Enter the reason"),
    ],
)
def test_a_rule_without_what_it_needs_is_refused(asked, kind, more, words):
    move = planned(asked).moves.first()
    with pytest.raises(ValidationError, match=words):
        rule_add(move=move, kind=kind, user=asked.hr, **{"reason": "Because.", **more})


def test_a_rule_holds_once_and_is_lifted_once(asked):
    move = planned(asked).moves.get(donor_unit__name="Control room")
    rule = rule_add(move=move, kind="forbid", reason="A joint operation.", user=asked.hr)
    with pytest.raises(Overtaken, match="set this already"):
        rule_add(move=move, kind="forbid", reason="Again.", user=asked.chief)
    rule_lift(rule=rule, user=asked.chief)
    with pytest.raises(Overtaken, match="lifted this at"):
        rule_lift(rule=rule, user=asked.hr)


def test_a_source_from_outside_has_no_donor_to_spare(asked):
    settings_change(
        force=asked.force,
        starts_on=date(2016, 1, 1),
        values={"training_places": 0, "transferees": 2},
        reason="Peak season.",
    )
    move = planned(asked).moves.get(source=FillSource.TRANSFEREE)
    with pytest.raises(ValidationError, match="no donor to spare"):
        rule_add(move=move, kind="spare", reason="Because.", user=asked.hr)


def test_nothing_short_and_approved_boards_are_said_so(asked):
    asked.decide("B-1", "B-2", "B-3")
    with pytest.raises(ValidationError, match="nothing to fill"):
        planned(asked)
    asked.approve()
    with pytest.raises(Overtaken, match="approved the minutes"):
        planned(asked)


def test_numbers_hold_from_their_day_and_the_later_row_wins(asked):
    force = factories.force_make("Elsewhere")
    assert SuggestionSettings.objects.on(force, FILL_BY).pk is None
    settings_change(force=force, starts_on=date(2016, 1, 1), values={"budget": Decimal(1)}, reason="One.")
    settings_change(force=force, starts_on=date(2016, 4, 1), values={"budget": Decimal(2)}, reason="Two.")
    assert SuggestionSettings.objects.on(force, date(2016, 3, 31)).budget == 1
    assert SuggestionSettings.objects.on(force, date(2016, 4, 1)).budget == 2
    settings_change(force=force, starts_on=date(2016, 4, 1), values={"travel_limit": 30}, reason="Three.")
    assert force.suggestion_settings.count() == 2
    held = SuggestionSettings.objects.on(force, date(2016, 4, 1))
    assert (held.budget, held.travel_limit, held.reason) == (2, 30, "Three.")
    with pytest.raises(ValidationError, match="less than or equal to 1"):
        settings_change(force=force, starts_on=FILL_BY, values={"minimum_share": Decimal(2)}, reason="Four.")


def test_a_role_that_weighs_more_gives_less(asked):
    role = asked.force.roles.get(name="Control room")
    weight_set(
        force=asked.force, role=role, starts_on=date(2016, 1, 1), weight=Decimal(4), reason="999 calls."
    )
    weight_set(
        force=asked.force, role=role, starts_on=date(2016, 1, 1), weight=Decimal(5), reason="999 calls."
    )
    assert RoleWeight.objects.on(asked.force, FILL_BY) == {role.pk: 5.0}
    cells = facts_of(asked.board).facts.cells.values()
    assert {cell.weight for cell in cells if cell.key.role_id == role.pk} == {5.0}
    with pytest.raises(ValidationError, match="role of the force"):
        weight_set(
            force=factories.force_make("Elsewhere"), role=role, starts_on=FILL_BY, weight=1, reason="No."
        )


def test_staff_may_do_an_officers_role_where_it_is_said(asked):
    grade = factories.rank_make(asked.force, "DDO", category="designated")
    sergeant = asked.posts["B-1"].rank
    with pytest.raises(ValidationError, match="rank of an officer"):
        civilian_role_add(
            force=asked.force, rank=grade, role=asked.posts["B-1"].role, staff_rank=grade, reason="No."
        )
    made = civilian_role_add(
        force=asked.force, rank=sergeant, role=asked.posts["B-1"].role, staff_rank=grade, reason="Detention."
    )
    pairs = facts_of(asked.board).facts.pairs
    assert [(pair.rank_id, pair.staff_rank) for pair in pairs] == [(sergeant.pk, "DDO")]
    civilian_role_remove(civilian_role=made)
    assert not CivilianRole.objects.exists()


def test_postgresql_refuses_another_version_of_a_plan(asked):
    plan = planned(asked)
    for rows in (FillPlan.objects.filter(pk=plan.pk), plan.moves.all(), plan.needs.all()):
        field = "heads" if rows.model is not plan.needs.model else "asked_fte"
        with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
            rows.update(**{field: 99})
        with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
            rows._raw_delete(rows.db)


def test_an_item_has_its_own_suggestions(asked):
    assert suggestions_of_item(asked.custody_item()) is None
    plan = planned(asked)
    found = suggestions_of_item(asked.custody_item())
    assert found.plan == plan
    assert sum(move.fte for move in found.moves) == 3


def test_the_boards_ahead_share_what_there_is(asked):
    plan = plan_ahead_make(board=asked.board, user=asked.hr, seconds=SECONDS)
    assert plan.kind == PlanKind.AHEAD
    assert len(plan.boards_on) == 6
    assert plan.needs.count() == 6
    assert [row["asked_fte"] for row in plan.summary["by_board"]] == [3.0] * 6
    permanent = plan.moves.exclude(source__in=[Source.ACTING, Source.AGENCY])
    assert sum(move.fte for move in permanent) <= 3
    assert newest_plan(asked.board) is None
    assert newest_plan(asked.board, PlanKind.AHEAD) == plan


def test_the_job_makes_one_plan_however_often_it_is_run(asked, monkeypatch):
    job = job_queue(
        kind=AHEAD_JOB, subject_id=asked.board.pk, force=asked.force, requested_by=asked.hr, total=1
    )

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(plans, "_rows_write", killed)
        with pytest.raises(KeyboardInterrupt):
            job_run(job_id=job.pk)
    assert not FillPlan.objects.exists()
    assert job_run(job_id=job.pk)
    assert not job_run(job_id=job.pk)
    job = Job.objects.get(pk=job.pk)
    plan = FillPlan.objects.get()
    assert (job.state, job.result, plan.asked_by) == ("done", {"plan": plan.pk}, asked.hr)


def test_chances_are_asked_of_the_projection_once(asked, monkeypatch):
    plan = planned(asked)
    assert plan.run_id is None
    assert chances_make(plan=plan) == 0
    cells = [plan.needs.get().cell, plan.moves.get().donor]
    answers = Chances(before=dict.fromkeys(cells, 0.9), after=dict(zip(cells, (0.2, 0.4), strict=True)))
    monkeypatch.setattr(plans, "chances_of", lambda plan: answers)
    assert (chances_make(plan=plan), chances_make(plan=plan)) == (2, 2)
    read = plan_read(plan)
    assert plan.is_drawn
    assert (read.needs[0].chance_before, read.needs[0].chance_after) == (0.9, 0.2)
    assert (read.moves[0].donor_chance_before, read.moves[0].donor_chance_after) == (0.9, 0.4)


def test_moves_are_told_to_the_projection_as_it_takes_them(asked):
    settings_change(
        force=asked.force,
        starts_on=date(2016, 1, 1),
        values={"training_places": 1, "transferees": 1},
        reason="Peak season.",
    )
    moves = {move.source: move for move in planned(asked).moves.select_related("plan", "need")}
    move = change_of(moves["move"], 2)
    assert (move.kind, move.fte, move.on) == ("move", 1, asked.board.held_on)
    assert (move.from_cell, move.to_cell) == (moves["move"].donor, asked.custody_item().cell)
    transferee = change_of(moves["transferee"], 2)
    assert (transferee.kind, transferee.from_cell, transferee.until) == ("transferee", None, None)
    moves["move"].source = "acting"
    assert change_of(moves["move"], 2).until == date(2016, 5, 20)
    moves["move"].source = "agency"
    assert change_of(moves["move"], 2).until == date(2016, 10, 4)
    moves["move"].source = "civilian"
    assert change_of(moves["move"], 2).kind == "post_end"


def test_kinds_of_sources_are_those_that_decisions_name():
    assert {source.value for source in Source} - set(FillSource.values) == {"civilian"}
    assert set(RuleKind.values) == {"pin", "forbid", "spare"}
