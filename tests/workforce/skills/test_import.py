"""A capability survey: what a row means, what is refused with its row and column, loading, and undoing."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from peelsite.imports import services
from tests.imports import steps
from tests.imports.files import delimited
from tests.workforce.skills.invented import DAY, held, skill_make, world_make
from workforce.skills.models import PersonSkill

pytestmark = pytest.mark.django_db
HEADINGS = ["Collar number", "Competence", "Level", "Status", "Date acquired", "Expiry date", "Evidence"]


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def world():
    return world_make()


@pytest.fixture
def send(world, tmp_path: Path):
    """Checks or loads rows as HR: `send(rows..., load=True)`."""

    def send(*rows: list[str], load: bool = False):
        path = delimited(tmp_path / "survey.csv", [HEADINGS, *rows])
        return (steps.loaded if load else steps.checked)(world.force, "skills", path, world.hr)

    return send


def row(
    number: str,
    skill: str = "DIG-FR",
    level: str = "",
    status: str = "",
    since: str = "10/01/2016",
    *more: str,
):
    return [number, skill, level, status, since, *more, *[""] * (2 - len(more))]


def counts(batch) -> tuple[int, int, int, int]:
    return tuple(batch.counts[name] for name in ("new", "changed", "unchanged", "refused"))


def test_confirmed_and_self_assessed_rows_are_loaded_and_undone(world, send):
    skill_make(world.force, "DRIVE", name="Police driving", levels=["Standard", "Response"], lasts_months=60)
    batch = send(
        row("W3", "First response", "", "Confirmed", "10/01/2016", "", "Certificate 7"),
        row("W3", "Police driving", "response", "Self", "10/01/2016", "31/12/2016"),
        row("W4", "drive", "1", "", "10/01/2016"),
        load=True,
    )
    assert counts(batch) == (3, 0, 0, 0)
    confirmed, driving = world.people["W3"].skills.order_by("skill__name")
    assert (confirmed.state, confirmed.decided_by, confirmed.import_id) == ("confirmed", world.hr, batch.pk)
    assert (confirmed.during.upper, confirmed.evidence) == (date(2019, 1, 10), "Certificate 7")
    assert (driving.level, driving.state, driving.during.upper) == (2, "self_assessed", date(2017, 1, 1))
    assert world.people["W4"].skills.get().during.upper == date(2021, 1, 10)
    steps.again(services.batch_undo(batch=batch))
    assert not PersonSkill.objects.filter(person__number__in=["W3", "W4"]).exists()


def test_a_newer_confirmation_takes_over_and_gives_back_when_undone(world, send):
    before = world.people["W1"].skills.get()
    batch = send(row("W1", "DIG-FR", "", "Confirmed", "10/01/2016"), load=True)
    before.refresh_from_db()
    assert before.during.upper == date(2016, 1, 10)
    steps.again(services.batch_undo(batch=batch))
    before.refresh_from_db()
    assert before.during.upper == date(2018, 4, 1)
    assert world.people["W1"].skills.count() == 1


def test_the_same_day_again_changes_the_record(world, send):
    batch = send(
        row("W1", "DIG-FR", "", "Confirmed", "01/04/2015", "30/06/2017", "New certificate"),
        row("W2", "DIG-FR", "", "Confirmed", "01/04/2015", "31/03/2018"),
        load=True,
    )
    assert counts(batch) == (0, 1, 1, 0)
    assert batch.rows.get(outcome="changed").changes == {
        "ends": ["31 March 2018", "30 June 2017"],
        "evidence": [None, "New certificate"],
    }
    assert world.people["W1"].skills.get().during.upper == date(2017, 7, 1)


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        (row("9"), "Collar number", "9 is not a person of this force."),
        (row("W3", "First responce"), "Competence", "The closest is 'First response'."),
        (
            row("W3", "DIG-FR", "Expert"),
            "Level",
            "'Expert' is not a level of First response, which has Trained.",
        ),
        (row("W3", "DIG-FR", "2"), "Level", "'2' is not a level of First response"),
        (row("W3", "TWO"), "Level", "Say at which level: Skill TWO has Low, High."),
        (row("W3", "OLD"), "Competence", "Skill OLD is retired since 1 January 2016."),
        (row("W3", since="10/01/2199"), "Date acquired", "is ahead"),
        (row("W3", "DIG-FR", "", "", "10/01/2016", "09/01/2016"), "Expiry date", "before it was acquired"),
        (row("W3", "DIG-FR", "", "Perhaps"), "Status", "Perhaps"),
        (row("W3", "DIG-FR", "", "Confirmed", "31/02/2016"), "Date acquired", "is not a date"),
        (row("W4", "DIG-FR", "", "Confirmed"), "Status", "Nobody confirms their own skills"),
        (
            row("W1", "DIG-FR", "", "Confirmed", "01/03/2015"),
            "Date acquired",
            "is confirmed from 1 April 2015 already",
        ),
        (row("S2"), "Date acquired", "waits already, from 1 April 2015. Decide on it first."),
    ],
)
def test_a_row_that_is_not_right_is_refused_with_its_column(world, send, cells, column, sentence):
    skill_make(world.force, "TWO", levels=["Low", "High"])
    skill_make(world.force, "OLD", retired_on=date(2016, 1, 1))
    own = world.people["W4"]
    own.user = world.hr
    own.save()
    held(world.people["S2"], world.skill, evidence="Says so")
    batch = send(cells, row("S3"))
    (issue,) = steps.issues(batch)
    assert issue[:2] == (2, column)
    assert sentence in issue[2]
    assert counts(batch) == (1, 0, 0, 1)


def test_a_skill_stands_once_for_each_person_and_state(world, send):
    batch = send(row("W3"), row("W3", since="11/01/2016"), row("W3", "DIG-FR", "", "Confirmed"))
    (issue,) = steps.issues(batch)
    assert issue == (3, "Competence", "First response of W3 is in row 2 too; leave one of them out.")


def test_the_command_tries_and_loads(world, tmp_path):
    path = delimited(tmp_path / "survey.csv", [HEADINGS, row("W3", "DIG-FR", "", "Confirmed"), row("nobody")])

    def run(**options) -> tuple[int, str]:
        out = io.StringIO()
        try:
            call_command("import_skills", str(path), force=world.force.slug, stdout=out, **options)
        except CommandError as ended:
            return ended.returncode, f"{out.getvalue()}{ended}"
        return 0, out.getvalue()

    code, words = run(dry_run=True)
    assert code == 3
    assert "Nothing was loaded: this was a dry run." in words
    assert not world.people["W3"].skills.exists()
    code, words = run()
    assert code == 3
    assert "Row 3, column Collar number: nobody is not a person of this force." in words
    record = world.people["W3"].skills.get()
    assert (record.state, record.decided_by) == ("confirmed", None)


def test_the_usual_skills_begin_a_catalogue_and_are_kept_as_edited(world):
    out = io.StringIO()
    call_command("load_skills", force=world.force.slug, stdout=out)
    assert "28 added, 0 unchanged, 1 kept as edited here" in out.getvalue()
    out = io.StringIO()
    call_command("load_skills", force=world.force.slug, stdout=out)
    assert "0 added, 28 unchanged" in out.getvalue()
    world.skill.refresh_from_db()
    assert world.skill.name == "First response"
    with pytest.raises(CommandError, match="No force that keeps records"):
        call_command("load_skills", force="nowhere")
    assert world.force.opening_day == DAY
