"""A pack as page, PDF and workbook: the same figures, one digest, written once, and nothing tampered with."""

import io
import re
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from pypdf import PdfReader

from peelsite.jobs.models import Job, JobState
from peelsite.jobs.services import job_run
from peelsite.web.editing.records import Overtaken
from peelsite.web.templatetags.peelsite_web import fte, signed_gap
from tests import factories
from tests.workforce.boards.papers.invented import DRAWS, NOTE, prepared
from workforce.boards.comparison.models import PackChange
from workforce.boards.pack.models import PackLine
from workforce.boards.pack.selectors import digest_now, pack_of
from workforce.boards.papers import services
from workforce.boards.papers.models import BoardPaper, PaperKind
from workforce.boards.papers.selectors import papers_missing
from workforce.boards.papers.services import paper_request, paper_write
from workforce.people.models import Posting

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return prepared()


@pytest.fixture
def published(world):
    world.publish()
    return world


def words(text: str) -> str:
    return " ".join(text.split())


def pdf_text(paper: BoardPaper) -> str:
    return words(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.pdf)).pages))


def sheets(paper: BoardPaper) -> dict[str, list[list]]:
    book = openpyxl.load_workbook(io.BytesIO(paper.xlsx))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def page_of(client, world, user) -> str:
    client.force_login(user)
    address = reverse("boards:board", args=[world.force.slug, world.board.pk])
    return words(re.sub(r"<[^>]+>", " ", client.get(address).content.decode()))


def row_of(told: str, label: str, figures: list[str]) -> bool:
    """Whether a label and figures stand in this order, with nothing between them but spaces."""
    return re.search(r"\s+".join(map(re.escape, [label, *figures])), told) is not None


def test_page_pdf_and_workbook_say_the_same_under_one_digest(client, published):
    paper = paper_write(board_id=published.board.pk, kind=PaperKind.PACK)
    page, pdf, book = page_of(client, published, published.analyst), pdf_text(paper), sheets(paper)
    digest = published.board.pack_digest
    assert paper.digest == digest == digest_now(published.board)
    for told in (page, pdf, words(" ".join(str(cell) for row in book["Pack"] for cell in row))):
        assert digest in told.replace(" ", "")
    lines = PackLine.objects.filter(board=published.board, dimension__in=("type", "rank", "total"))
    assert lines.count() >= 4
    strength = {
        row[0].strip(): row for row in book["Strength by worker type"] + book["Strength by rank"] if row[0]
    }
    for line in lines:
        shown = [
            fte(line.establishment_fte),
            fte(line.strength_fte),
            signed_gap(line.gap_fte),
            fte(line.under_fte),
            fte(line.over_fte),
        ]
        assert row_of(page, line.label, shown), (line.label, shown)
        assert row_of(pdf, line.label, shown), (line.label, shown)
        held = [Decimal(str(value)) for value in strength[line.label][1:6]]
        assert held == [
            line.establishment_fte,
            line.strength_fte,
            line.gap_fte,
            line.under_fte,
            line.over_fte,
        ]
    for told in (page, pdf):
        assert NOTE in told
        assert "Ask each head of unit." in told
        assert "Left: normal retirement" in told
        assert "projected at" in told


def test_health_of_few_is_in_no_file_and_on_the_page_of_those_who_may_see_it(client, published):
    paper = paper_write(board_id=published.board.pk, kind=PaperKind.PACK)
    assert "not shown" in pdf_text(paper)
    total = next(row for row in sheets(paper)["Strength by rank"] if row[0] == "Testshire")
    assert total[6] == total[9] == "not shown"
    assert "not shown" in page_of(client, published, published.analyst)


def test_every_page_of_the_pdf_and_every_sheet_is_marked(published):
    paper = paper_write(board_id=published.board.pk, kind=PaperKind.PACK)
    reader = PdfReader(io.BytesIO(paper.pdf))
    assert len(reader.pages) > 2
    assert all(page.extract_text().count("OFFICIAL") >= 2 for page in reader.pages)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    book = openpyxl.load_workbook(io.BytesIO(paper.xlsx))
    for sheet in book:
        assert "OFFICIAL" in sheet.oddHeader.center.text
        assert published.board.pack_digest in sheet.oddFooter.left.text


def test_a_draft_is_plainly_a_draft_and_goes_with_publication(client, world):
    paper = paper_write(board_id=world.board.pk, kind=PaperKind.DRAFT)
    assert paper.digest == pack_of(world.board).digest
    text = pdf_text(paper)
    assert "Draft: not published." in text
    assert "Draft pack" in text
    book = openpyxl.load_workbook(io.BytesIO(paper.xlsx))
    assert all("DRAFT" in sheet.oddHeader.center.text for sheet in book)
    assert "Draft. This pack is not published." in page_of(client, world, world.chief)
    with pytest.raises(ValidationError, match="moved on"):
        paper_write(board_id=world.board.pk, kind=PaperKind.PACK)
    world.publish()
    assert not BoardPaper.objects.filter(board=world.board).exists()
    with pytest.raises(Overtaken):
        paper_request(board=world.board, kind=PaperKind.DRAFT)
    assert "This pack is not published" not in page_of(client, world, world.chief)


def test_what_was_tampered_with_is_shown_and_not_printed(client, published):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE workforce_packchange DISABLE TRIGGER workforce_packchange_rule")
        cursor.execute("UPDATE workforce_packchange SET count = count + 1 WHERE kind = 'retired'")
    assert digest_now(published.board) != published.board.pack_digest
    assert "no longer agree with its digest" in page_of(client, published, published.chief)
    job = paper_request(board=published.board, kind=PaperKind.PACK)
    assert job_run(job_id=job.pk)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "no longer agree with its digest" in job.error
    assert not BoardPaper.objects.filter(board=published.board).exists()
    assert job.error in page_of(client, published, published.chief)


@pytest.mark.parametrize("table", ["packedition", "packforecast", "packnote", "packcell", "packchange"])
@pytest.mark.parametrize(
    "statement", ["DELETE FROM workforce_{0}", "UPDATE workforce_{0} SET board_id = board_id"]
)
def test_no_row_of_a_published_pack_changes(published, table, statement):
    with (
        pytest.raises(IntegrityError, match="is published, and nothing in it can change"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"{statement.format(table)} WHERE board_id = {published.board.pk}")


def test_a_written_paper_stays(published):
    paper = paper_write(board_id=published.board.pk, kind=PaperKind.PACK)
    for change in (
        lambda: BoardPaper.objects.filter(pk=paper.pk).update(pdf=b"other"),
        lambda: BoardPaper.objects.filter(pk=paper.pk).delete(),
    ):
        with pytest.raises(IntegrityError, match="can no longer change"), transaction.atomic():
            change()
    with pytest.raises(IntegrityError, match="would not be what it has frozen"), transaction.atomic():
        BoardPaper.objects.create(
            board=published.first_board,
            kind=PaperKind.PACK,
            digest="0" * 64,
            pdf=b"x",
            xlsx=b"x",
            written_at=paper.written_at,
        )


def test_a_job_killed_and_run_twice_gives_one_paper(published, monkeypatch):
    class Killed(BaseException):
        pass

    real = services.pack_workbook

    def killed(pack):
        raise Killed

    monkeypatch.setattr(services, "pack_workbook", killed)
    job = paper_request(board=published.board, kind=PaperKind.PACK, user=published.hr)
    assert paper_request(board=published.board, kind=PaperKind.PACK).pk == job.pk
    with pytest.raises(Killed):
        job_run(job_id=job.pk)
    assert not BoardPaper.objects.filter(board=published.board).exists()
    monkeypatch.setattr(services, "pack_workbook", real)
    assert job_run(job_id=job.pk)
    first = BoardPaper.objects.get(board=published.board)
    assert not job_run(job_id=job.pk)
    assert paper_write(board_id=published.board.pk, kind=PaperKind.PACK).written_at == first.written_at
    assert paper_request(board=published.board, kind=PaperKind.PACK) is None
    assert BoardPaper.objects.filter(board=published.board).count() == 1


def test_papers_that_nobody_asked_for_are_found(published):
    missing = papers_missing()
    assert (published.board.pk, "pack") in missing
    assert (published.first_board.pk, "minutes") in missing
    paper_request(board=published.board, kind=PaperKind.PACK)
    assert (published.board.pk, "pack") not in papers_missing()


def test_the_minutes_are_printed_once_approved(published):
    with pytest.raises(Overtaken):
        paper_request(board=published.board, kind=PaperKind.MINUTES)
    published.decide("B-1")
    published.approve()
    paper = paper_write(board_id=published.board.pk, kind=PaperKind.MINUTES)
    text = pdf_text(paper)
    assert published.board.minutes_digest in text.replace(" ", "")
    for sentence in published.board.minutes.split("\n"):
        assert words(sentence).replace(" ", "") in text.replace(" ", "")
    assert paper.xlsx is None


def test_the_page_offers_what_is_written_and_says_what_is_not(client, published):
    client.force_login(published.hr)
    address = reverse("boards:board", args=[published.force.slug, published.board.pk])
    assert "Write pack as PDF and workbook" in client.get(address).content.decode()
    write = reverse("boards:paper-write", args=[published.force.slug, published.board.pk, "pack"])
    client.post(write)
    assert "It is offered here when it is ready" in client.get(address).content.decode()
    job = Job.objects.get(kind="board.pack")
    progress = reverse("boards:paper-progress", args=[published.force.slug, published.board.pk, "pack"])
    assert "HX-Refresh" not in client.get(progress).headers
    job_run(job_id=job.pk)
    assert client.get(progress).headers["HX-Refresh"] == "true"
    html = client.get(address).content.decode()
    for extension, start in (("pdf", b"%PDF-"), ("xlsx", b"PK")):
        link = reverse("boards:paper", args=[published.force.slug, published.board.pk, "pack", extension])
        assert link in html
        answer = client.get(link)
        assert answer.content.startswith(start)
        assert "OFFICIAL testshire board pack 2016-04-04" in answer["Content-Disposition"]
    minutes = reverse("boards:paper", args=[published.force.slug, published.board.pk, "minutes", "pdf"])
    assert client.get(minutes).status_code == 404


def test_the_parts_add_up_to_what_the_pack_says(published):
    pack = pack_of(published.board)
    assert pack.edition.compared_with == published.first_board
    compared = [
        line for line in pack.lines if line.dimension in ("total", "type", "rank", "unit") and line.label
    ]
    for line in compared:
        parts = pack.changes_of(line.dimension, line.key)
        assert sum(part.establishment_fte for part in parts) == line.establishment_fte, line
        assert sum(part.strength_fte for part in parts) == line.strength_fte, line
    whole = {part.kind: part.count for part in pack.changes_of("total")}
    assert {kind: whole[kind] for kind in ("retired", "posted", "created")} == {
        "retired": 1,
        "posted": 1,
        "created": 1,
    }
    response = {part.kind: part.count for part in pack.changes_of("unit", str(published.response.pk))}
    assert response["with_post_in"] == response["reprofiled_in"] == 1


def test_what_was_corrected_later_is_told_apart(world):
    """The last pack said one FTE of this person; it is found later that it was a half all the time."""
    person = world.people["C-2"]
    Posting.objects.filter(person=person).update(fte=Decimal("0.5"))
    world.publish()
    parts = {part.kind: part for part in pack_of(world.board).changes_of("total")}
    assert parts["corrected_down"].strength_fte == Decimal("-0.5")
    assert "hours_down" not in parts


def test_each_part_opens_its_rows_to_those_who_may_see_them(client, published):
    rows = reverse("boards:changes-rows", args=[published.force.slug, published.board.pk])
    leaver = published.people["C-1"].full_name
    for user, sees in ((published.hr, True), (published.analyst, False)):
        client.force_login(user)
        html = client.get(rows, {"dimension": "total", "kind": "retired"}).content.decode()
        assert "1 change" in html
        assert (leaver in html) is sees
        assert ("outside what you may see" in html) is not sees
    html = client.get(rows, {"dimension": "total", "kind": "created"}).content.decode()
    assert "N-1" in html
    changes = reverse("boards:changes", args=[published.force.slug, published.board.pk])
    page = client.get(changes, {"dimension": "unit", "key": published.response.pk}).content.decode()
    assert "Posts re-profiled into it" in page
    assert client.get(changes, {"dimension": "unit", "key": "0"}).status_code == 404


def test_the_rows_say_when_the_records_changed_after_the_pack(client, published):
    other = factories.person_make(published.force, joined=factories.START)
    factories.posting_make(other, published.posts["B-1"], starts_on=published.board.pack_on)
    client.force_login(published.hr)
    rows = reverse("boards:changes-rows", args=[published.force.slug, published.board.pk])
    html = client.get(rows, {"dimension": "total", "kind": "posted"}).content.decode()
    assert "The pack counted 1 when it was published" in html


def test_the_projection_is_frozen_with_its_run(published):
    pack = pack_of(published.board)
    edition = pack.edition
    assert (edition.run_draws, edition.run_as_at) == (DRAWS, published.board.pack_on)
    assert len(pack.forecast.days) == 25
    item = pack.items[0]
    forecast = pack.forecast_of_item(item)
    assert forecast.gap[0] == item.gap_fte
    assert forecast.gap_low[12] <= forecast.gap[12] <= forecast.gap_high[12]


def test_a_first_pack_compares_with_nothing(published):
    assert pack_of(published.first_board).changes == []
    assert not PackChange.objects.filter(board=published.first_board).exists()
