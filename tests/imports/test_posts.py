"""Posts: names as people write them, what is added, and what a changed post may not do to its holders."""

from datetime import date
from pathlib import Path

import pytest

from peelsite.imports import services
from tests import factories
from tests.imports import steps
from tests.imports.files import delimited
from workforce.establishment.models import FundingSource, Post

HEADINGS = ["Post ref", "Rank", "Role", "Unit", "Location", "FTE", "Start", "End", "Funding"]


def row(reference: str, **cells: str) -> list[str]:
    given = {
        "Post ref": reference, "Rank": "Constable", "Role": "Response officer", "Unit": "RES",
        "Location": "Watchford", "Start": "01/04/2010",
    } | cells  # fmt: skip
    return [given.get(heading, "") for heading in HEADINGS]


@pytest.fixture
def send(force, tmp_path: Path):
    def send(*rows: list[str], load: bool = False, headings: list[str] = HEADINGS, **options: bool):
        path = delimited(tmp_path / "posts.csv", [headings, *rows])
        return (steps.loaded if load else steps.checked)(force, "posts", path, **options)

    return send


@pytest.mark.parametrize(
    "written", ["PC", "Con", "con", "Police Constable", "D.C.", "Detective constable", "CON"]
)
def test_ranks_as_people_write_them(force, send, written: str) -> None:
    batch = send(row("B-1", Rank=written), load=True)
    assert batch.state == "loaded", steps.issues(batch)
    assert Post.objects.get().rank.name == "Constable"


def test_own_grades_go_before_national_ranks(force, send) -> None:
    own = factories.rank_make(force, "SGT", name="Sergeant")
    batch = send(row("B-1", Rank="Sgt"), load=True)
    assert batch.state == "loaded", steps.issues(batch)
    assert Post.objects.get().rank == own


def test_units_by_code_name_or_path(force, send) -> None:
    operations = force.units.get(code="OPS")
    custody = factories.unit_make(force, "Custody", parent=operations)
    north = factories.unit_make(force, "Team A", parent=custody, code="CA")
    factories.unit_make(force, "Team A", parent=force.units.get(code="RES"), code="RA")
    batch = send(row("B-1", Unit="custody"), row("B-2", Unit="Operations > Custody > Team A"), row("B-3",
        Unit="ra"),
                 row("B-4", Unit="Team A"), row("B-5", Unit="Custdy"))  # fmt: skip
    assert steps.issues(batch) == [
        (5, "Unit", ("'Team A' is the name of 2 units; write its code, or its path such as "
         "'Command / Department / Team'.")),
        (6, "Unit", "'Custdy' is not a unit of this force. The closest is 'Operations / Custody'."),
    ]  # fmt: skip
    steps.again(services.batch_confirm(batch=batch))
    assert Post.objects.get(reference="B-2").unit == north
    assert Post.objects.get(reference="B-3").unit.code == "RA"


def test_closest_names_are_suggested(force, send) -> None:
    batch = send(row("B-1", Role="Response oficer", Location="Watchfrod"))
    assert steps.issues(batch) == [
        (2, "Location", "'Watchfrod' is not a location of this force. The closest is 'Watchford'."),
        (2, "Role", "'Response oficer' is not a role of this force. The closest is 'Response officer'."),
    ]


def test_new_names_are_added_only_when_asked(force, send) -> None:
    new = row("B-1", Role="Drone pilot", Unit="Operations / Drones", Location="Airfield", Funding="Grant")
    assert send(new).counts["refused"] == 1
    alone = send(row("B-1", Unit="Drones"), add_new=True)
    assert "write it under its parent" in steps.issues(alone)[0][2]
    batch = send(
        new, row("B-2", Unit="/ Chief officers"), row("B-3", Role="drone pilot"), add_new=True, load=True
    )
    assert batch.state == "loaded", steps.issues(batch)
    assert {(each["kind"], each["name"]) for each in batch.additions} == {
        ("role", "Drone pilot"), ("unit", "Operations / Drones"), ("unit", "Chief officers"),
        ("location", "Airfield"), ("funding", "Grant"),
    }  # fmt: skip
    post = Post.objects.get(reference="B-1")
    assert (post.unit.parent.code, post.funding.kind, post.location.code) == ("OPS", "grant", "AIRFIELD")
    assert Post.objects.get(reference="B-2").unit.level == "command"
    assert Post.objects.get(reference="B-3").role == post.role


def test_a_force_without_core_funding_gets_it(force, send) -> None:
    FundingSource.objects.all().delete()
    batch = send(row("B-1"), row("B-2", Funding="Core"), load=True)
    assert batch.state == "loaded", (batch.error, steps.issues(batch))
    assert FundingSource.objects.get().kind == "core"


def test_the_end_is_the_last_day(force, send) -> None:
    send(row("B-1", End="31/03/2016"), load=True)
    assert Post.objects.get().during.upper == date(2016, 4, 1)


def test_a_post_cannot_end_or_shrink_under_its_holders(force, send) -> None:
    post = factories.post_make(force, "B-1", unit=force.units.get(code="RES"))
    factories.posting_make(factories.person_make(force, "1187"), post)
    batch = send(row("B-1", End="31/03/2016"))
    assert steps.issues(batch) == [(2, "End", (
        "B-1 would exist from 1 April 2010 to 31 March 2016, but 1187 holds it from 1 April 2010 "
        "onwards. End that "
        "posting first, or leave this row out."))]  # fmt: skip
    batch = send(row("B-1", FTE="0.5"))
    assert steps.issues(batch) == [(2, "FTE", (
        "B-1 is filled with 1 FTE on 1 April 2010, more than 0.5. End a posting first, or leave this "
        "row out."))]  # fmt: skip


def test_blank_and_missing_columns_keep_what_is_there(force, send) -> None:
    grant = factories.funding_make(force, "Uplift", kind="grant")
    factories.post_make(
        force, "B-1", unit=force.units.get(code="RES"), fte="0.8", funding=grant, ends_before=date(2030, 1, 1)
    )
    assert send(row("B-1", End="31/12/2029")).counts["unchanged"] == 1
    without = [cell for place, cell in enumerate(row("B-1")) if HEADINGS[place] != "End"]
    headings = [heading for heading in HEADINGS if heading != "End"]
    assert send(without, headings=headings).counts["unchanged"] == 1
    assert send(row("B-1")).rows.get(outcome="changed").changes == {"ends": ["31 December 2029", None]}


def test_undo_leaves_names_that_others_use_by_now(force, send) -> None:
    batch = send(row("B-1", Role="Drone pilot", Location="Airfield"), add_new=True, load=True)
    factories.post_make(
        force, "X-1", role=force.roles.get(name="Drone pilot"), location=force.locations.get(name="Watchford")
    )
    assert steps.again(services.batch_undo(batch=batch)).state == "undone"
    assert force.roles.filter(name="Drone pilot").exists()
    assert not force.locations.filter(name="Airfield").exists()


def test_a_later_posting_keeps_a_post_from_being_undone(force, send) -> None:
    batch = send(row("B-1"), load=True)
    factories.posting_make(factories.person_make(force, "1"), Post.objects.get())
    assert services.undo_blockers(batch) == ["1 posting rests on posts that this import added."]


def test_a_mended_cell_is_checked_again_and_the_file_stays(force, send) -> None:
    batch = send(row("B-1", FTE="half"), row("B-2", FTE="51"))
    batch = steps.again(services.cells_mend(batch=batch, cells={(2, "fte"): "0.5", (3, "fte"): ""}))
    assert batch.counts["refused"] == 0, steps.issues(batch)
    steps.again(services.batch_confirm(batch=batch))
    assert [str(post.fte) for post in Post.objects.order_by("reference")] == ["0.5000", "1.0000"]


def test_only_refused_rows_can_be_mended(force, send) -> None:
    batch = send(row("B-1"), row("B-2", FTE="half"))
    with pytest.raises(Exception, match="Row 2 has nothing to correct"):
        services.cells_mend(batch=batch, cells={(2, "fte"): "2"})
