"""An issue says what the records say, stays as written, and names nobody."""

import hashlib
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from pypdf import PdfReader

from peelsite.accounts.permissions import Role
from peelsite.inspection.summaries import services
from peelsite.inspection.summaries.calc import monthly_issue, now_issue
from peelsite.inspection.summaries.emails import summary_message
from peelsite.inspection.summaries.models import Summary
from peelsite.inspection.summaries.services import content_digest, summary_request, summary_write
from tests.factories import force_make, person_make, posting_make, user_make
from tests.inspection.invented import (
    FAMILY_NAMES,
    FEBRUARY,
    MARCH,
    fill_vacancy,
    issue_write,
    national_rows,
    small_force,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def force():
    return small_force()


@pytest.fixture
def chief(force):
    return user_make(Role.CHIEF_OFFICER, force)


def value(summary: Summary, code: str) -> Decimal:
    return Decimal(next(line["value"] for line in summary.content["indicators"] if line["code"] == code))


def line_of(summary: Summary, code: str) -> dict:
    return next(line for line in summary.content["indicators"] if line["code"] == code)


def pdf_text(summary: Summary) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(bytes(summary.pdf))).pages]


def test_figures_are_those_of_the_records(force, chief):
    summary = issue_write(force, chief)

    expected = {
        "workforce_total_fte": 3,
        "workforce_officers_fte": 2,
        "workforce_pcsos_fte": 1,
        "establishment_fte": 4,
        "vacancy_fte": 1,
        "vacancy_rate": Decimal("0.25"),
        "vacant_posts": 1,
        "workforce_total_change": 0,
        "board_actions_overdue": 0,
    }
    assert {code: value(summary, code) for code in expected} == expected
    assert summary.content["answers"][0] == (
        "Testshire has 3.0 FTE on strength against an establishment of 4.0: 1.0 FTE short in some places and "
        "0.0 over in others."
    )
    assert summary.content["vacancies"]["count"] == 1
    assert summary.content["vacancies"]["oldest_days"] == (MARCH - date(2010, 4, 1)).days
    assert [line["gap"] for line in summary.content["gaps"]] == ["1.0000"]
    assert summary.content["previous"] is None


def test_one_posting_moves_the_next_issue_by_its_fte_and_leaves_the_last_as_it_was(force, chief):
    first = issue_write(force, chief, FEBRUARY)
    fill_vacancy(force, date(2016, 3, 14))
    second = issue_write(force, chief, MARCH)

    for code, change in {"workforce_total_fte": 1, "workforce_officers_fte": 1, "vacancy_fte": -1}.items():
        assert value(second, code) - value(first, code) == change
    assert line_of(second, "vacancy_fte")["shown"] == "0.0"
    assert line_of(second, "vacancy_fte")["before"] == line_of(first, "vacancy_fte")["shown"] == "1.0"
    assert (
        "Vacancies have fallen by 1.0 FTE since the last issue (29 February 2016)."
        in second.content["answers"]
    )
    assert value(Summary.objects.get(pk=first.pk), "vacancy_fte") == 1
    assert any("Last issue" in page for page in pdf_text(second))


def test_the_comparison_is_made_where_other_forces_are_held(force, chief):
    assert issue_write(force, chief, token="before").content["comparison"] is None
    national_rows(force)
    summary = issue_write(force, chief, token="after")

    measures = {line["code"]: line for line in summary.content["comparison"]["measures"]}
    share = measures["workforce_officers_share"]
    others = [value for name, value in share["values"] if name != "Testshire"]
    assert others == pytest.approx([1 / 3] * 5)
    assert share["own"] == pytest.approx(2 / 3), "from the records, not as published"
    assert share["standing"] == "higher"
    assert "police officers as a share of the workforce is higher (66.7%, the mean is 38.9%)" in " ".join(
        summary.content["answers"]
    )
    assert any("Compared with other forces" in page for page in pdf_text(summary))


def test_an_empty_force_has_a_summary_too(chief):
    empty = force_make("Emptyshire")
    summary = issue_write(empty, user_make(Role.HR, empty))

    assert value(summary, "workforce_total_fte") == 0
    assert line_of(summary, "vacancy_rate")["shown"] == "not held"
    assert len(pdf_text(summary)) >= 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE inspection_summary SET title = 'other' WHERE id = %s",
        "UPDATE inspection_summary SET content = '{}' WHERE id = %s",
        "UPDATE inspection_summary SET state = 'writing' WHERE id = %s",
        "DELETE FROM inspection_summary WHERE id = %s",
    ],
)
def test_a_written_issue_is_frozen_for_everybody(force, chief, statement):
    summary = issue_write(force, chief)
    summary.deliveries.all().delete()
    with (
        pytest.raises(IntegrityError, match="A written summary never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [summary.pk])
    assert summary_write(summary_id=summary.pk).digest == summary.digest


def test_the_digest_can_be_computed_from_what_is_held(force, chief):
    national_rows(force)
    summary = issue_write(force, chief)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content::text FROM inspection_summary WHERE id = %s", [summary.pk])
        held = json.loads(cursor.fetchone()[0])

    canonical = json.dumps(held, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(canonical.encode()).hexdigest() == summary.digest
    assert content_digest(held | {"title": "another"}) != summary.digest


def test_the_pdf_is_tagged_and_carries_the_marking_on_every_page(force, chief):
    summary = issue_write(force, chief)
    reader = PdfReader(io.BytesIO(bytes(summary.pdf)))

    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"].value is True
    assert reader.trailer["/Root"]["/Lang"].lower().startswith("en")
    assert reader.metadata.title == "Inspection summary, as at 31 March 2016"
    assert all(page.extract_text().count("OFFICIAL") >= 2 for page in reader.pages)
    text = "\n".join(pdf_text(summary))
    for words in ("Where the force is short", "Every indicator", "Definitions", "4.0"):
        assert words in text


def test_nobody_is_named(force, chief):
    national_rows(force)
    summary = issue_write(force, chief)
    message = summary_message(summary.deliveries.get())
    everything = "\n".join(
        [
            json.dumps(summary.content),
            message.subject,
            message.body,
            message.alternatives[0].content,
            *pdf_text(summary),
        ]
    )

    assert "Testshire" in everything
    for name in (*FAMILY_NAMES, chief.name):
        assert name not in everything


HOSTILE = "Test<script>alert(1)</script>\r\nBcc: victim@x.invalid"
HOSTILE_UNIT = '#panic("x") $ x $ <img src=x> [b]*'


def test_hostile_names_are_text_everywhere(client):
    force = small_force(HOSTILE, slug="hostile", unit=HOSTILE_UNIT)
    chief = user_make(Role.CHIEF_OFFICER, force)
    summary = issue_write(force, chief)
    message = summary_message(summary.deliveries.get())

    assert message.subject == (
        "[OFFICIAL] Test<script>alert(1)</script> Bcc: victim@x.invalid: "
        "inspection summary, as at 31 March 2016"
    )
    sent = message.message()
    assert (sent["Bcc"], sent["To"]) == (None, chief.email)
    html = message.alternatives[0].content
    assert "<script" not in html
    assert "<img src=x" not in html
    assert "&lt;script&gt;" in html
    assert "#panic" in "\n".join(pdf_text(summary))
    client.force_login(chief)
    page = client.get(reverse("inspection:summary", args=["hostile", summary.pk])).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_records_that_change_while_they_are_read_are_read_again(force, chief, monkeypatch):
    """The figures of one issue are of one moment, though many queries gather them."""
    readings = iter([{"n": 1}, {"n": 2}, {"n": 3}, {"n": 3}])
    assert services._settled(lambda: next(readings)) == {"n": 3}
    endless = iter(range(100))
    with pytest.raises(ValidationError, match="kept changing"):
        services._settled(lambda: {"n": next(endless)})


def test_the_previous_issue_is_of_the_same_kind(force, chief):
    issue_write(force, chief, FEBRUARY)
    issue = monthly_issue(now_issue(token="x", day=date(2016, 4, 2)).due_at)
    summary, _ = summary_request(force=force, issue=issue, as_at=issue.last_day)
    assert summary_write(summary_id=summary.pk).content["previous"] is None
    assert issue_write(force, chief, date(2016, 4, 2)).content["previous"]["title"] == "March 2016"


@pytest.mark.parametrize(
    ("day", "chosen", "sentence"),
    [
        (date(2999, 1, 1), "chief", "1 January 2999 has not come yet"),
        (MARCH, "nobody", "Choose at least one person"),
        (MARCH, "stranger", "Choose only people whose role in Testshire"),
    ],
)
def test_what_cannot_be_sent_is_refused_and_leaves_nothing(force, chief, day, chosen, sentence):
    people = {"chief": [chief.pk], "nobody": [], "stranger": [chief.pk, user_make(None).pk]}[chosen]
    with pytest.raises(ValidationError, match=sentence):
        summary_request(
            force=force, issue=now_issue(token="t", day=day), as_at=day, requested_by=chief, chosen=people
        )
    assert not Summary.objects.exists()


def test_supernumerary_people_are_over_somewhere_not_set_against_the_gap(force, chief):
    posting_make(person_make(force), force.posts.get(reference="B-1"), is_supernumerary=True)
    summary = issue_write(force, chief)
    assert (value(summary, "vacancy_fte"), value(summary, "workforce_total_fte")) == (1, 4)
