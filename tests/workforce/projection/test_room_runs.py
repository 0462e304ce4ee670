"""A run is made once, keeps what it rested on, and never changes; a killed one leaves nothing."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from peelsite.jobs.models import Job
from peelsite.jobs.services import job_run
from tests import factories
from tests.workforce.projection.invented import DRAWS, cell_of, projected
from workforce.projection.calc.inputs import FORCE_LINE, LineKey, LineKind
from workforce.projection.models import ChangeKind, PlannedChange, ProjectionLine, ProjectionRun
from workforce.projection.selectors import Change, effect_of, outlook_of, stay_chances
from workforce.projection.selectors.lines import drivers_of, key_from, slug_of
from workforce.projection.services import plan_clear, plan_done, plan_replace
from workforce.projection.services import runs as services
from workforce.projection.services.backtests import back_test_make, back_test_request
from workforce.projection.services.records import budget_create, intake_create
from workforce.projection.services.runs import run_make, run_request, runs_purge
from workforce.projection.services.scenarios import (
    assumption_clear,
    assumption_set,
    difference_add,
    scenario_create,
    scenario_remove,
)

DAY = date(2016, 3, 31)


def made_force(people=12):
    """Constables and sergeants of ten years' service, with a few leavers behind them."""
    force = factories.force_make("Testshire", opening_day=DAY)
    posts = [factories.post_make(force, f"P{n}", rank="CON" if n % 4 else "SGT") for n in range(people + 2)]
    for number, post in enumerate(posts[:people]):
        joined = date(2010, 4, 1) + timedelta(days=30 * number)
        person = factories.person_make(force, joined=joined)
        factories.posting_make(person, post)
    for number in range(4):
        left = date(2012 + number, 3, 1)
        person = factories.person_make(force, left_before=left, leaving_reason="resigned")
        factories.posting_make(person, posts[0], is_supernumerary=True, ends_before=left)
    return force, posts


@pytest.fixture
def force(db):
    return made_force()


@pytest.mark.django_db(transaction=True)
def test_a_job_killed_in_the_middle_leaves_nothing_and_is_made_when_run_again(monkeypatch):
    force, _ = made_force()
    run, job = run_request(force=force, draws=DRAWS)
    whole = services.lines_write

    class Killed(BaseException):
        pass

    def killed(*given):
        whole(*given)
        raise Killed

    monkeypatch.setattr(services, "lines_write", killed)
    with pytest.raises(Killed):
        job_run(job_id=job.pk)
    assert ProjectionLine.objects.count() == 0
    run.refresh_from_db()
    assert run.done_at is None
    monkeypatch.setattr(services, "lines_write", whole)
    assert job_run(job_id=job.pk) is True
    lines = ProjectionLine.objects.count()
    assert lines == Job.objects.get(pk=job.pk).result["lines"] > 0
    # A message that is delivered again finds it done.
    assert job_run(job_id=job.pk) is False
    run_make(run_id=run.pk)
    assert ProjectionLine.objects.count() == lines


def test_asked_twice_it_is_one_run_and_one_job(force):
    first, job = run_request(force=force[0], draws=DRAWS)
    again, same = run_request(force=force[0], draws=DRAWS)
    assert (first.pk, job.pk) == (again.pk, same.pk)
    run_make(run_id=first.pk)
    third, _ = run_request(force=force[0], draws=DRAWS)
    assert third.pk != first.pk


def test_a_day_that_has_not_come_and_too_few_runs_are_refused(force):
    later = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError, match="has not come yet"):
        run_request(force=force[0], as_at=later)
    with pytest.raises(ValidationError, match="100 to 5,000"):
        run_request(force=force[0], draws=10)


def test_the_same_inputs_and_seed_give_the_same_lines(force):
    one, other = projected(force[0], DAY), projected(force[0], DAY)
    assert one.inputs_digest == other.inputs_digest
    series = [dict(run.lines.values_list("kind", "series")) for run in (one, other)]
    assert series[0] == series[1]
    assert outlook_of(force[0], DAY).run_id == other.pk


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE workforce_projectionrun SET seed = 9 WHERE id = %s",
        "UPDATE workforce_projectionrun SET assumptions = '[]' WHERE id = %s",
        "UPDATE workforce_projectionline SET threshold_fte = 1 WHERE run_id = %s",
        "DELETE FROM workforce_projectionline WHERE run_id = %s",
        "INSERT INTO workforce_projectionline SELECT * FROM workforce_projectionline WHERE run_id = %s",
    ],
)
def test_postgresql_refuses_to_change_a_finished_run(force, statement):
    run = projected(force[0], DAY)
    refused = pytest.raises(IntegrityError, match="finished")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [run.pk])


def test_a_run_keeps_its_assumptions_when_they_change(force):
    set_by = factories.user_make()
    given = {"force": force[0], "code": "promotion.share", "day": DAY, "user": set_by}
    assumption_set(value=Decimal("0.5"), reason="Half are held.", **given)
    run = projected(force[0], DAY)
    assumption_clear(force=force[0], code="promotion.share")
    kept = {row["code"]: row for row in ProjectionRun.objects.get(pk=run.pk).assumptions}
    assert (kept["promotion.share"]["value"], kept["promotion.share"]["source"]) == (0.5, "set")
    assert kept["promotion.share"]["reason"] == "Half are held."
    later = {row["code"]: row for row in projected(force[0], DAY).assumptions}
    assert later["promotion.share"]["source"] == "assumed"
    assert later["leave.officer.60"]["evidence"].startswith("0 left in")


def test_an_assumption_out_of_bounds_or_without_reason_is_refused(force):
    given = {"force": force[0], "day": DAY, "user": None}
    with pytest.raises(ValidationError, match="from 0 to 1"):
        assumption_set(code="promotion.share", value=Decimal(2), reason="More", **given)
    with pytest.raises(ValidationError, match="Say why"):
        assumption_set(code="promotion.share", value=Decimal(1), reason=" ", **given)
    with pytest.raises(ValidationError, match="no such assumption"):
        assumption_set(code="made.up", value=Decimal(1), reason="Why", **given)


def test_a_set_rate_of_leaving_is_what_happens(force):
    for band in (0, 12, 24, 36, 48, 60, 120, 180, 240, 300, 360):
        assumption_set(
            force=force[0],
            code=f"leave.officer.{band}",
            value=Decimal(0),
            reason="Nobody leaves",
            day=DAY,
            user=None,
        )
    line = outlook_of_new(force[0]).force
    assert line.strength.p10.tolist() == line.strength.p90.tolist() == [12.0] * 49


def outlook_of_new(force):
    projected(force, DAY)
    return outlook_of(force, DAY)


def test_drivers_add_up_to_the_change_of_the_mean_gap(force):
    intake_create(
        force=force[0], name="Spring", starts_on=date(2016, 9, 1), places=[(cell_of(force[1][1]), 3)]
    )
    outlook = outlook_of_new(force[0])
    for line in outlook.lines.values():
        change = float(line.gap.mean[24] - line.gap.mean[0])
        assert sum(each.effect for each in drivers_of(line, 24)) == pytest.approx(change, abs=0.3)
    exact = outlook.force
    posts = exact.establishment[24] - exact.establishment[0]
    flows = sum(values[1:25].sum() for values in exact.flows.values())
    assert posts - flows == pytest.approx(exact.gap.mean[24] - exact.gap.mean[0], abs=0.01)


def test_lines_are_those_of_the_force_and_have_addresses(force):
    outlook = outlook_of_new(force[0])
    assert {key_from(slug_of(key)) for key in outlook.lines} == set(outlook.lines)
    cell = cell_of(force[1][1])
    assert outlook.cell(cell).establishment[0] == 10
    assert outlook.unit(cell.unit_id).at(0).strength == 12.0
    assert outlook.force.at(0).gap == 2.0
    assert outlook.month_of(date(2016, 4, 2)) == 1
    for slug in ("nothing", "rank-x", "cell-1-2", "unit-1-2"):
        assert key_from(slug) is None


def test_the_budget_stands_beside_the_lines_that_it_is_of(force):
    budget_create(
        force=force[0],
        as_at=date(2017, 3, 31),
        category="officer",
        funded_fte=Decimal("13.5"),
        source="Plan",
    )
    outlook = outlook_of_new(force[0])
    (officers,) = outlook.of_kind(LineKind.CATEGORY)
    assert officers.budget == outlook.force.budget == ((date(2017, 3, 31), 13.5),)
    assert outlook.of_kind(LineKind.RANK)[0].budget == ()


def test_an_effect_is_the_changes_own(force):
    a_cell, top = cell_of(force[1][1]), cell_of(force[1][0])
    assert effect_of(force[0], DAY, []) is None
    projected(force[0], DAY)
    joins = Change(kind=ChangeKind.TRANSFEREE, fte=Decimal(2), on=date(2016, 6, 1), to_cell=a_cell)
    effect = effect_of(force[0], DAY, [joins])
    lines = {line.before.key: line for line in effect.lines}
    cell = lines[LineKey(LineKind.CELL, a_cell)]
    assert cell.difference[:3].tolist() == [0, 0, 0]
    assert cell.difference[3] == pytest.approx(-2)
    assert lines[FORCE_LINE].after.at(3).gap == pytest.approx(lines[FORCE_LINE].before.at(3).gap - 2, abs=1)
    assert LineKey(LineKind.CELL, top) not in lines
    assert PlannedChange.objects.count() == 0


def test_who_gave_notice_is_gone_from_that_day_and_others_stay_by_their_rates(force):
    leaver = factories.person_make(
        force[0], left_before=date(2016, 8, 1), joined=date(2011, 1, 1), leaving_reason="retired"
    )
    factories.posting_make(leaver, force[1][12], ends_before=date(2016, 8, 1))
    before = stay_chances(force[0], DAY, date(2016, 7, 31))
    after = stay_chances(force[0], DAY, date(2016, 8, 1))
    assert (before[leaver.pk], after[leaver.pk]) == (1.0, 0.0)
    others = [pk for pk in after if pk != leaver.pk]
    assert len(others) == 12
    assert all(0 < after[pk] <= before[pk] < 1 for pk in others)
    year = stay_chances(force[0], DAY, date(2017, 3, 31))
    assert all(year[pk] < after[pk] for pk in others)
    assert set(stay_chances(force[0], DAY, DAY).values()) == {1.0}


def test_the_mean_of_staying_is_that_of_the_runs(force):
    """Without joiners, returns and promotions out, strength is everyone's chance of staying added up."""
    run, _ = run_request(force=force[0], draws=4000)
    run_make(run_id=run.pk)
    mean = outlook_of(force[0], DAY).force.strength.mean[24]
    expected = sum(stay_chances(force[0], DAY, date(2018, 3, 31)).values())
    assert mean == pytest.approx(expected, abs=4 * np.sqrt(12 * 0.25 / 4000) + 0.05)


def test_plan_replace_keeps_rows_that_stay_the_same(force):
    place = cell_of(force[1][1])
    given = {"force": force[0], "origin_kind": "decision", "origin_id": 7}

    def joins(day):
        return Change(kind=ChangeKind.TRANSFEREE, fte=Decimal(1), on=day, to_cell=place)

    first = plan_replace(changes=[joins(date(2016, 5, 1)), joins(date(2016, 6, 1))], **given)
    again = plan_replace(changes=[joins(date(2016, 6, 1)), joins(date(2016, 7, 1))], **given)
    assert again[0].pk == first[1].pk
    assert PlannedChange.objects.count() == 2
    assert plan_done(**given) == 2
    assert PlannedChange.objects.planned().count() == 0
    plan_replace(changes=[joins(date(2016, 8, 1))], **given)
    assert plan_clear(**given) == 1
    with pytest.raises(ValidationError, match="say which rank"):
        plan_replace(changes=[Change(kind=ChangeKind.MOVE, fte=Decimal(1), on=DAY, to_cell=place)], **given)


def test_superseded_runs_go_and_the_last_of_a_month_stays(force):
    runs = [projected(force[0], date(2016, 3, day)) for day in (10, 20, 31)]
    scenario = scenario_create(force=force[0], name="Once")
    difference_add(scenario=scenario, kind="leaving", factor=Decimal(2))
    of_scenario = projected(force[0], DAY, scenario=scenario)
    today = timezone.localdate() + timedelta(days=services.KEPT_DAYS + 1)
    assert runs_purge(force=force[0], today=timezone.localdate()) == 0
    assert runs_purge(force=force[0], today=today) == 2
    left = set(ProjectionRun.objects.values_list("pk", flat=True))
    assert left == {runs[2].pk, of_scenario.pk}
    assert set(ProjectionLine.objects.values_list("run_id", flat=True)) == left
    scenario_remove(scenario=scenario)
    of_scenario.refresh_from_db()
    assert (of_scenario.scenario_id, of_scenario.scenario_name) == (None, "Once")


def test_a_back_test_compares_what_was_projected_with_what_came(force):
    test, _ = back_test_request(force=force[0])
    assert test.as_at_days == ["2013-03-31", "2014-03-31", "2015-03-31"]
    done = back_test_make(back_test_id=test.pk)
    came = {(row["as_at"], row["months"]): row["actual"] for row in done.rows if row["kind"] == "force"}
    # Twelve still serve; of four leavers one went each March, and one was left on 31 March 2014.
    assert came["2013-03-31", 12] == 13.0
    assert came["2015-03-31", 12] == 12.0
    scores = {(row["kind"], row["months"]): row for row in done.summary["scores"]}
    assert scores["force", 12]["cases"] == 3
    assert ("force", 48) not in scores
    assert back_test_make(back_test_id=test.pk).done_at == done.done_at
    with pytest.raises(IntegrityError, match="finished back-test"), transaction.atomic():
        type(done).objects.filter(pk=done.pk).update(rows=[])


def test_a_back_test_needs_history(db):
    young = factories.force_make("Newshire", opening_day=DAY)
    factories.post_make(young)
    with pytest.raises(ValidationError, match="do not go back far enough"):
        back_test_request(force=young)


@pytest.mark.django_db(transaction=True)
def test_the_command_projects_and_says_how_long_it_took(capsys):
    made_force()
    call_command("project", "--all", "--runs", "100")
    told = capsys.readouterr().out
    assert told.startswith("Testshire: run ")
    assert "simulate" in told
    assert ProjectionRun.objects.get().done_at is not None
    with pytest.raises(CommandError, match="No force"):
        call_command("project", "--force", "nowhere")
