"""The pages of an import, as a person goes through them."""

import io
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from peelsite.imports.models import ImportBatch
from tests import factories
from tests.imports import planted
from workforce.establishment.models import Post

CSV = (
    "Post ref;Rank/Grade;Job title;Department;Station;Start date;FTE\n"
    "B-1;PC;Response officer;RES;Watchford;01/04/2016;1\n"
    "B-2;Sgt;Response officer;RES;Watchford;31/02/2026;1\n"
)


def address(batch: ImportBatch, name: str = "batch") -> str:
    return reverse(f"imports:{name}", args=[batch.force.slug, batch.pk])


def sent(client, force, target: str = "posts", text: str = CSV, name: str = "posts.csv") -> ImportBatch:
    page = reverse("imports:upload", args=[force.slug, target])
    response = client.post(page, {"file": SimpleUploadedFile(name, text.encode())})
    assert response.status_code == 302, response.content.decode()
    return ImportBatch.objects.latest("pk")


def columns(client, batch: ImportBatch, **changes: str):
    chosen = {f"column_{name}": "" if place is None else str(place) for name, place in batch.mapping.items()}
    return client.post(address(batch, "columns"), chosen | changes)


@pytest.fixture
def client(client, hr):
    client.force_login(hr)
    return client


def test_a_file_goes_from_upload_to_result_and_back(client, force) -> None:
    batch = sent(client, force)
    text = client.get(address(batch)).content.decode()
    assert "2 rows of posts" in text
    assert "B Rank/Grade: PC, Sgt" in text
    columns(client, batch)
    text = client.get(address(batch)).content.decode()
    assert "2 rows: 1 new, 0 changed, 0 unchanged, 1 refused." in text
    assert "&#x27;31/02/2026&#x27; is not a date." in text
    mended = client.post(
        address(batch, "mend"), {"cell-3-starts": "28/02/2026", "was-3-starts": "31/02/2026"}, follow=True
    )
    assert "2 rows: 2 new, 0 changed, 0 unchanged, 0 refused." in mended.content.decode()
    result = client.post(address(batch, "confirm"), follow=True).content.decode()
    assert "2 new, 0 changed" in result
    assert set(Post.objects.of_force(force).values_list("reference", flat=True)) == {"B-1", "B-2"}
    assert "What posts.csv added (2) is deleted" in client.get(address(batch, "undo")).content.decode()
    undone = client.post(address(batch, "undo"), follow=True).content.decode()
    assert "This import was undone" in undone
    assert not Post.objects.of_force(force).exists()


def test_changed_rows_show_old_and_new_and_are_filtered_by_column(client, force) -> None:
    factories.post_make(force, "B-1", rank="SGT", unit=force.units.get(code="RES"))
    batch = sent(client, force, text=CSV.replace("31/02/2026", "01/04/2017"))
    columns(client, batch)
    page = client.get(address(batch), {"tab": "changed"}).content.decode()
    assert '<td class="govuk-table__cell">Sergeant</td>' in page
    assert "<strong>Constable</strong>" in page
    assert "<strong>1 April 2016</strong>" in page
    page = client.get(address(batch), {"tab": "changed", "column": "rank"}).content.decode()
    assert "<strong>Constable</strong>" in page
    assert "<strong>1 April 2016</strong>" not in page


def test_the_mapping_is_remembered(client, force) -> None:
    text = CSV.replace("Post ref", "Ding").replace("31/02/2026", "01/04/2017")
    batch = sent(client, force, text=text)
    assert batch.mapping["reference"] is None
    refused = columns(client, batch)
    assert refused.status_code == 400
    assert "Choose the column that holds Post reference." in refused.content.decode()
    columns(client, batch, column_reference="0")
    again = sent(client, force, text=text + "\n")
    assert again.mapping["reference"] == 0


def test_the_same_file_and_the_wrong_kind_are_said(client, force) -> None:
    batch = sent(client, force)
    columns(client, batch)
    client.post(address(batch, "confirm"))
    again = sent(client, force)
    assert "This very file was imported on" in client.get(address(again)).content.decode()
    people = sent(client, force, text="Collar no,Surname,Date joined\n1,Sample,01/04/2016\n")
    page = client.get(address(people)).content.decode()
    assert "These headings look like people and postings, not posts." in page
    client.post(address(people, "target"), {"target": "people"})
    people.refresh_from_db()
    assert (people.target, people.state) == ("people", "uploaded")
    assert people.mapping["number"] == 0


def test_another_force_in_the_file_is_said(client, force, hr) -> None:
    text = CSV.replace("Post ref", "Force;Post ref").replace("\nB", "\nElsewhere Police;B")
    batch = sent(client, force, text=text)
    assert "The column “Force” says Elsewhere Police" in client.get(address(batch)).content.decode()


def test_keys_of_another_force_are_said(client, force, hr) -> None:
    other = factories.force_make("Othershire")
    for number in range(3):
        factories.post_make(other, f"B-{number}")
    page = "known in Othershire"
    batch = sent(client, force)
    columns(client, batch)
    assert page not in client.get(address(batch)).content.decode()
    factories.Membership.objects.create(user=hr, force=other, role="analyst")
    client.force_login(type(hr).objects.get(pk=hr.pk))
    batch = sent(client, force, text=CSV + "\n")
    columns(client, batch)
    assert page in client.get(address(batch)).content.decode()


def test_rejects_come_in_the_layout_they_came_in(client, force, tmp_path: Path) -> None:
    path = tmp_path / "hr.xlsx"
    faults = [fault for fault in planted.planted_workbook(path, force) if fault.target == "posts"]
    page = reverse("imports:upload", args=[force.slug, "posts"])
    client.post(page, {"file": SimpleUploadedFile("hr.xlsx", path.read_bytes())})
    batch = ImportBatch.objects.latest("pk")
    columns(client, batch)
    content = b"".join(client.get(address(batch, "rejects")).streaming_content)
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
    assert list(rows[0]) == [*planted.POST_HEADINGS, "Reason not loaded"]
    assert len(rows) == 1 + len(faults)
    assert rows[3][6] == "31/02/2026"
    assert rows[3][-1].startswith("Start date: '31/02/2026' is not a date.")
    client.post(page, {"file": SimpleUploadedFile("rejects.xlsx", content)})
    again = ImportBatch.objects.latest("pk")
    columns(client, again)
    again.refresh_from_db()
    # The one repeated reference is alone in the rejects, so it alone is sound there.
    assert (again.counts["new"], again.counts["refused"]) == (1, len(faults) - 1)


def test_a_full_extract_ends_what_it_leaves_out(client, force) -> None:
    gone = factories.post_make(force, "OLD-1")
    held = factories.post_make(force, "OLD-2")
    factories.posting_make(factories.person_make(force, "1187"), held)
    batch = sent(client, force)
    columns(client, batch)
    page = client.get(address(batch), {"tab": "missing"}).content.decode()
    assert "2 posts are on the site and not in this file. Is it a full extract?" in page
    assert "Held by 1187; end the posting first." in page
    wrong = client.post(
        address(batch, "full-extract"), {"as_at_day": "31", "as_at_month": "2", "as_at_year": "2026"}
    )
    assert wrong.status_code == 400
    client.post(address(batch, "full-extract"), {"as_at": "2026-04-01"})
    client.post(address(batch, "confirm"))
    gone.refresh_from_db()
    held.refresh_from_db()
    assert str(gone.during.upper) == "2026-04-01"
    assert held.during.upper is None
    client.post(address(batch, "undo"))
    gone.refresh_from_db()
    assert gone.during.upper is None


def test_unreadable_files_are_refused_with_a_sentence(client, force) -> None:
    page = reverse("imports:upload", args=[force.slug, "posts"])
    response = client.post(page, {"file": SimpleUploadedFile("list.pdf", b"%PDF-1.7")})
    assert response.status_code == 400
    assert "The file must be a spreadsheet" in response.content.decode()
    batch = sent(client, force, name="posts.xlsx", text="PK\x03\x04 not a workbook")
    assert batch.state == "failed"
    assert batch.error in client.get(address(batch)).content.decode()


def test_the_template_can_be_filled_in_and_imported(client, force, tmp_path: Path) -> None:
    content = b"".join(client.get(reverse("imports:template", args=[force.slug, "posts"])).streaming_content)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Posts", "Notes", "Examples"]
    client.post(
        reverse("imports:upload", args=[force.slug, "posts"]), {"file": SimpleUploadedFile("t.xlsx", content)}
    )
    batch = ImportBatch.objects.latest("pk")
    client.post(address(batch, "sheet"), {"place": next(
        f"{place}:{sheet['header_row']}" for place,
            sheet in enumerate(batch.sheets) if sheet["name"] == "Examples"
    )})  # fmt: skip
    batch.refresh_from_db()
    assert batch.sheet == "Examples"
    columns(client, batch, option_add_new="on")
    batch.refresh_from_db()
    assert batch.state == "ready"
    # The third example names a staff grade that this force does not have.
    assert batch.counts["new"] == 2, list(batch.issues.values_list("sentence", flat=True))
    client.post(address(batch, "confirm"))
    post = Post.objects.get(reference="B-1043")
    assert (post.unit.name, post.unit.parent.name, str(post.during.upper)) == (
        "Custody",
        "Operations",
        "2018-04-01",
    )
    assert post.unit.path == f"/{post.unit.parent_id}/{post.unit_id}/"
    client.post(address(batch, "undo"))
    assert not Post.objects.of_force(force).exists()
    assert set(force.units.values_list("name", flat=True)) == {"Operations", "Response"}


@pytest.mark.parametrize(
    "name", ["batch", "progress", "sheet", "columns", "target", "mend", "full-extract", "confirm", "undo",
    "discard",
             "rejects"]
)  # fmt: skip
def test_only_hr_of_the_force_may_see_an_import(client, force, name: str) -> None:
    batch = sent(client, force)
    posts_only = name in ("sheet", "columns", "target", "mend", "full-extract", "confirm")
    ask = client.post if posts_only else client.get
    stranger = factories.user_make("hr", factories.force_make("Elsewhere"))
    client.force_login(stranger)
    assert ask(address(batch, name)).status_code == 404
    own = reverse(f"imports:{name}", args=["elsewhere", batch.pk])
    assert ask(own).status_code == 404
    client.force_login(factories.user_make("analyst", force))
    assert ask(address(batch, name)).status_code == 403
    client.logout()
    response = ask(address(batch, name))
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


def test_every_import_is_listed_with_its_state(client, force) -> None:
    batch = sent(client, force)
    page = client.get(reverse("imports:list", args=[force.slug])).content.decode()
    assert "Columns to confirm" in page
    assert address(batch) in page
    assert "1 import waits" in page
    client.post(address(batch, "discard"))
    page = client.get(reverse("imports:list", args=[force.slug])).content.decode()
    assert "Discarded" in page
    batch.refresh_from_db()
    assert not batch.file
