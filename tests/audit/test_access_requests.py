"""Subject access requests: recorded, due, extended, exported once, handed over, expired and closed."""

import hashlib
import json
import zipfile
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peelsite.accounts.models import ApiToken, Membership, token_digest
from peelsite.accounts.permissions import Action, Role
from peelsite.audit.models import SensitiveRead, SubjectAccessExport, SubjectAccessRequest
from peelsite.audit.subject_access.calc import due_day, months_after
from peelsite.audit.subject_access.selectors import EXPORT_JOB
from peelsite.audit.subject_access.services import (
    access_export_prepare,
    access_exports_expire,
    access_request_close,
    access_request_extend,
    access_request_record,
)
from peelsite.home.selectors import tasks_for
from peelsite.jobs.models import Job
from peelsite.jobs.services import job_queue, job_run
from tests.editing.pages import opened
from tests.factories import force_make, person_make, signed_in, user_make
from tests.query_counts import query_count

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def force():
    return force_make()


@pytest.fixture
def hr(force):
    return user_make(Role.HR, force)


@pytest.fixture
def person(force):
    return person_make(force, "1187", family_name="Plainlyinvented")


def request_make(person, user, *, days_ago: int = 0) -> SubjectAccessRequest:
    return access_request_record(
        force=person.force,
        person_id=person.pk,
        received_on=timezone.localdate() - timedelta(days=days_ago),
        asked_by="The person",
        reason="Everything since 2010",
        user=user,
    )


def exported(request, user) -> SubjectAccessExport:
    export = access_export_prepare(request=request, user=user)
    job = job_queue(kind=EXPORT_JOB, subject_id=export.pk, force=request.force, requested_by=user)
    assert job_run(job_id=job.pk)
    export.refresh_from_db()
    return export


def url(request, step: str = "") -> str:
    name = f"history:access-request{'-' if step else ''}{step}"
    return reverse(name, args=[request.force.slug, request.pk])


@pytest.mark.parametrize(
    ("received", "is_extended", "due"),
    [
        (date(2026, 9, 3), False, date(2026, 10, 3)),
        (date(2026, 3, 31), False, date(2026, 4, 30)),
        (date(2026, 12, 31), False, date(2027, 1, 31)),
        (date(2028, 1, 30), False, date(2028, 2, 29)),
        (date(2026, 11, 30), True, date(2027, 2, 28)),
    ],
)
def test_due_in_one_calendar_month_or_three(received, is_extended, due):
    assert due_day(received, is_extended=is_extended) == due
    assert months_after(received, 12) == received.replace(year=received.year + 1)


def test_a_request_is_recorded_and_waits_on_the_start_page(force, hr, person):
    client = signed_in(hr)
    new = reverse("history:access-request-new", args=[force.slug])
    assert client.get(new, {"number": "1187"}).context["form"]["number"].value() == "1187"
    sent = opened(client, new) | {"number": "1187", "asked_by": "Invented & Co", "reason": "Everything"}
    received = timezone.localdate() - timedelta(days=25)
    sent |= {f"received_on_{part}": getattr(received, part) for part in ("day", "month", "year")}
    answer = client.post(new, sent, follow=True)
    assert "is recorded; it is due on" in answer.content.decode()
    made = SubjectAccessRequest.objects.get()
    assert (made.person_id, made.received_on, made.due_on, made.recorded_by, made.state) == (
        person.pk,
        received,
        months_after(received, 1),
        hr,
        "open",
    )
    (task,) = [task for task in tasks_for(hr, force, date(2016, 3, 31)) if "subject access" in task.title]
    assert "Plainlyinvented" in task.title
    assert task.href == url(made)
    listed = client.get(reverse("history:access-requests", args=[force.slug])).content.decode()
    assert "Plainlyinvented" in listed
    assert "left" in listed


def test_what_is_wrong_is_said_in_words(force, hr, person):
    other = person_make(force_make("Otherset"))
    today = timezone.localdate()
    given = {"force": force, "person_id": person.pk, "asked_by": "x", "reason": "y", "user": hr}
    with pytest.raises(ValidationError, match="day to come"):
        access_request_record(received_on=today + timedelta(days=1), **given)
    with pytest.raises(ValidationError, match="no such person"):
        access_request_record(received_on=today, **given | {"person_id": other.pk})
    access_request_record(received_on=today, **given)
    with pytest.raises(ValidationError, match="still open"):
        access_request_record(received_on=today, **given)
    client, new = signed_in(hr), reverse("history:access-request-new", args=[force.slug])
    html = client.post(new, opened(client, new) | {"number": "999", "asked_by": "x", "reason": "y"}).content
    assert "has no person with the number 999" in html.decode()


def test_an_extension_is_taken_once_within_the_first_month(hr, person):
    request = request_make(person, hr)
    for empty in ("", "  "):
        with pytest.raises(ValidationError, match="Say why"):
            access_request_extend(request=request, reason=empty)
    extended = access_request_extend(request=request, reason="4,000 documents")
    assert extended.due_on == months_after(extended.received_on, 3)
    with pytest.raises(ValidationError, match="extended already"):
        access_request_extend(request=request, reason="More still")
    late = request_make(person_make(person.force), hr, days_ago=40)
    with pytest.raises(ValidationError, match="within its first month"):
        access_request_extend(request=late, reason="Too late")
    with pytest.raises(DatabaseError), transaction.atomic():
        SubjectAccessRequest.objects.filter(pk=late.pk).update(extended_on=date(2026, 1, 1))


def test_the_job_writes_one_encrypted_file_and_again_the_same(hr, person, tmp_path):
    request = request_make(person, hr)
    export = exported(request, hr)
    (file,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    kept = file.read_bytes()
    assert b"Plainlyinvented" not in kept
    assert not kept.startswith(b"PK")
    assert export.expires_at - export.made_at == timedelta(days=7)
    assert export.rows > 0
    assert access_export_prepare(request=request, user=hr) == export
    job = job_queue(kind=EXPORT_JOB, subject_id=export.pk, force=request.force)
    job_run(job_id=job.pk)
    assert file.read_bytes() == kept
    assert SubjectAccessExport.objects.count() == 1


def test_a_job_killed_after_the_file_and_run_again_leaves_one(hr, person, tmp_path, monkeypatch):
    request = request_make(person, hr)
    export = access_export_prepare(request=request, user=hr)
    job = job_queue(kind=EXPORT_JOB, subject_id=export.pk, force=request.force, requested_by=hr)

    class Killed(BaseException):
        """As the process ends: no handler of the job's own sees it."""

    def killed(self, *args, **kwargs):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(SubjectAccessExport, "save", killed)
        with pytest.raises(Killed), transaction.atomic():
            job_run(job_id=job.pk)
    export.refresh_from_db()
    job.refresh_from_db()
    assert export.made_at is None
    assert job.finished_at is None
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
    assert job_run(job_id=job.pk)
    export.refresh_from_db()
    (file,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert file.name == export.stored.rsplit("/", 1)[-1]
    content = signed_in(hr).post(url(request, "download")).content
    assert hashlib.sha256(content).hexdigest() == export.digest


def test_a_download_is_counted_and_written_down_first(hr, person):
    request = request_make(person, hr)
    export = exported(request, hr)
    client = signed_in(hr)
    answer = client.post(url(request, "download"))
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        assert "What Testshire holds on Alex Plainlyinvented (1187)" in archive.read("index.html").decode()
        assert "audit_subjectaccessrequest.xlsx" in archive.namelist()
    export.refresh_from_db()
    assert export.downloads == 1
    read = SensitiveRead.objects.get()
    assert (read.user, read.kind, read.person_ids) == (hr, "subject_access", [person.pk])
    assert "Everything since 2010" in read.reason
    assert client.get(url(request, "download")).status_code == 405
    assert "Downloaded 1 time." in client.get(url(request)).content.decode()


def test_a_file_that_was_changed_is_not_handed_over(hr, person, tmp_path):
    request = request_make(person, hr)
    exported(request, hr)
    SubjectAccessExport.objects.update(digest="a" * 64)
    answer = signed_in(hr).post(url(request, "download"), follow=True)
    assert "is not the one that was written" in answer.content.decode()
    assert SubjectAccessExport.objects.get().downloads == 0


def test_an_export_expires_and_its_file_goes(hr, person, tmp_path, django_capture_on_commit_callbacks):
    request = request_make(person, hr)
    export = exported(request, hr)
    past = timezone.now() - timedelta(minutes=1)
    SubjectAccessExport.objects.update(made_at=past - timedelta(days=7), expires_at=past)
    client = signed_in(hr)
    answer = client.post(url(request, "download"), follow=True)
    assert "This export is gone" in answer.content.decode()
    assert not SensitiveRead.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert access_exports_expire() == 1
        assert access_exports_expire() == 0
    assert not storages["default"].exists(export.stored)
    page = client.get(url(request)).content.decode()
    assert "Prepare the export" in page
    assert "removed on" in page
    assert exported(request, hr).pk != export.pk


def test_a_request_is_closed_once_and_answered_only_with_a_downloaded_export(hr, person):
    request, today = request_make(person, hr), timezone.localdate()
    given = {"request": request, "closed_on": today, "outcome": "Posted to the person"}
    with pytest.raises(ValidationError, match="Nobody has downloaded"):
        access_request_close(state="answered", **given)
    exported(request, hr)
    client = signed_in(hr)
    client.post(url(request, "download"))
    for wrong in ({"state": "open"}, {"state": "answered", "closed_on": today + timedelta(days=1)}):
        with pytest.raises(ValidationError):
            access_request_close(**given | wrong)
    sent = opened(client, url(request, "close")) | {"state": "answered", "outcome": "Posted to the person"}
    assert client.post(url(request, "close"), sent).status_code == 302
    request.refresh_from_db()
    assert (request.state, request.closed_on) == ("answered", today)
    with pytest.raises(ValidationError, match="was closed on"):
        access_request_close(state="withdrawn", **given)
    assert not [task for task in tasks_for(hr, person.force, today) if "subject access" in task.title]


@pytest.mark.parametrize(
    ("role", "lacking"),
    [(Role.CHIEF_OFFICER, Role.INSPECTION_READER), (Role.ADMINISTRATOR, Role.HEALTH)],
)
def test_all_history_and_all_people_are_needed_both(force, hr, person, role, lacking):
    request = request_make(person, hr)
    user = user_make(role, force)
    for step, method in (("", "get"), ("extend", "get"), ("close", "get"), ("download", "post")):
        assert getattr(signed_in(user), method)(url(request, step)).status_code == 403
    Membership.objects.create(user=user, force=force, role=lacking)
    assert signed_in(type(user).objects.get(pk=user.pk)).get(url(request)).status_code == 200


def test_another_forces_request_is_not_there(hr, person):
    request = request_make(person, hr)
    elsewhere = force_make("Otherset")
    stranger = signed_in(user_make(Role.HR, elsewhere))
    assert stranger.get(url(request)).status_code == 404
    crossed = reverse("history:access-request-download", args=[elsewhere.slug, request.pk])
    assert stranger.post(crossed).status_code == 404


def test_a_program_does_the_same(force, hr, person):
    client = signed_in(hr)
    kept = {"content_type": "application/json"}
    root = reverse("subject-access-list")
    asked = {
        "force": force.slug,
        "person": person.pk,
        "received_on": str(timezone.localdate()),
        "asked_by": "The person",
        "reason": "Everything",
    }
    made = client.post(root, json.dumps(asked), **kept)
    assert made.status_code == 201, made.content
    assert made.json()["days_left"] >= 28
    assert client.post(root, json.dumps(asked), **kept).status_code == 400
    one = reverse("subject-access-detail", args=[made.json()["id"]])
    extended = client.post(f"{one}extend/", json.dumps({"reason": "Many documents"}), **kept)
    assert extended.json()["extended_on"] == str(timezone.localdate())
    assert client.post(f"{one}extend/", json.dumps({"reason": "More"}), **kept).status_code == 409
    assert client.post(f"{one}download/").status_code == 404
    assert client.post(f"{one}prepare/").status_code == 202
    for job in Job.objects.filter(kind=EXPORT_JOB).unfinished():
        job_run(job_id=job.pk)
    assert client.get(one).json()["exports"][0]["made_at"]
    file = client.post(f"{one}download/")
    assert file["Content-Type"] == "application/zip"
    assert SensitiveRead.objects.filter(kind="subject_access").count() == 1
    closed = client.post(
        f"{one}close/",
        json.dumps({"state": "answered", "closed_on": str(timezone.localdate()), "outcome": "Sent"}),
        **kept,
    )
    assert closed.json()["state"] == "answered"
    assert signed_in(user_make(Role.CHIEF_OFFICER, force)).get(one).status_code == 403


def test_a_token_must_have_been_made_for_both(force, hr, person):
    request_make(person, hr)
    for actions, status in (
        ([Action.HISTORY_VIEW], 403),
        ([Action.PEOPLE_VIEW], 403),
        ([Action.HISTORY_VIEW, Action.PEOPLE_VIEW], 200),
    ):
        secret = ApiToken.new_secret()
        ApiToken.objects.create(
            user=hr,
            name="Extract",
            digest=token_digest(secret),
            actions=actions,
            expires_at=timezone.now() + timedelta(days=1),
        )
        answer = Client().get(reverse("subject-access-list"), headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code == status, actions


def test_the_list_costs_the_same_for_more(force, hr, person):
    request_make(person, hr)
    client, address = signed_in(hr), reverse("history:access-requests", args=[force.slug])
    client.get(address)
    with query_count("history:access-requests"):
        client.get(address)
    for _ in range(5):
        request_make(person_make(force), hr)
    with query_count("history:access-requests"):
        client.get(address)
