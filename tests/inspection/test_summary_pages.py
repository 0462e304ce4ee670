"""The pages and the API of summaries, messages and subscriptions."""

import uuid
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from peelsite.accounts.permissions import Role
from peelsite.inspection.summaries.calc import now_issue
from peelsite.inspection.summaries.models import Delivery, Subscription, Summary
from peelsite.inspection.summaries.services import WRITE_JOB, summary_request
from peelsite.jobs.models import Job, JobState
from peelsite.mail.deliveries.models import DeliveryState
from tests.editing.pages import opened, typed
from tests.factories import force_make, user_make
from tests.inspection.invented import FEBRUARY, MARCH, issue_write, national_rows, small_force
from tests.query_counts import query_count
from tests.web.markup import elements

pytestmark = pytest.mark.django_db


@pytest.fixture
def force():
    return small_force()


@pytest.fixture
def chief(force, client):
    user = user_make(Role.CHIEF_OFFICER, force)
    client.force_login(user)
    return user


@pytest.fixture
def tasks(monkeypatch):
    """What was queued: ('job', id) and ('delivery', id)."""
    queued = []
    for name, module in (
        ("job", "peelsite.jobs.tasks.job_task"),
        ("delivery", "peelsite.inspection.summaries.tasks.delivery_task"),
    ):
        monkeypatch.setattr(f"{module}.delay_on_commit", lambda pk, name=name: queued.append((name, pk)))
    return queued


def address(name: str, force, *args: int) -> str:
    return reverse(f"inspection:{name}", args=[force.slug, *args])


def text(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def send(client, force, *people, token: str = "", day: date = MARCH, **fields):
    form = {
        "as_at_day": day.day,
        "as_at_month": day.month,
        "as_at_year": day.year,
        "people": [person.pk for person in people],
        "token": token or uuid.uuid4(),
    }
    return client.post(address("send-now", force), form | fields)


def test_the_list_counts_messages_and_shows_the_latest_day_first(force, chief, client):
    first, second = issue_write(force, chief, FEBRUARY), issue_write(force, chief, MARCH)
    second.deliveries.update(state=DeliveryState.FAILED)
    page = text(client, address("summaries", force))

    assert page.index("As at 31 March 2016") < page.index("As at 29 February 2016")
    assert page.count("0 of 1") == 2
    assert address("summary", force, first.pk) in page
    rows = client.get(address("summaries", force), {"download": "csv"})
    content = b"".join(rows.streaming_content).decode()
    assert "as at 31 March 2016,Sent by hand" in content
    assert content.splitlines()[-2].endswith(",0,1")


def test_the_page_of_an_issue(force, chief, client):
    national_rows(force)
    summary = issue_write(force, chief)
    page = text(client, address("summary", force, summary.pk))

    assert "Testshire has 3.0 FTE on strength against an establishment of 4.0" in page
    assert "No board action is overdue." in page
    assert summary.digest in page
    assert chief.email in page
    assert "Send again" not in page
    links = {link["href"] for link in elements(page, "a")}
    assert f"/testshire/inspection/indicators/vacancy_fte/?on={MARCH}" in links
    assert f"/testshire/inspection/comparison/workforce_officers_share/?on={MARCH}" in links


def test_who_may_only_read_sees_no_address(force, chief, client):
    summary = issue_write(force, chief)
    client.force_login(user_make(Role.INSPECTION_READER, force))
    page = text(client, address("summary", force, summary.pk))
    assert chief.email not in page
    assert "Messages" not in page
    assert "Write and send" not in text(client, address("summaries", force))


def test_the_pdf_is_the_frozen_one(force, chief, client):
    summary = issue_write(force, chief)
    answer = client.get(address("summary-pdf", force, summary.pk))
    assert answer.content == bytes(summary.pdf)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="OFFICIAL testshire summary 2016-03-31.pdf"'


def test_another_forces_issue_is_not_found(force, chief, client):
    elsewhere = small_force("Elsewhere")
    theirs = issue_write(elsewhere, user_make(Role.HR, elsewhere))
    for name in ("summary", "summary-pdf", "summary-progress"):
        assert client.get(address(name, force, theirs.pk)).status_code == 404
    assert client.post(address("retry", force, theirs.pk)).status_code == 404
    assert client.post(address("resend", force, theirs.deliveries.get().pk)).status_code == 404


def test_sending_by_hand_twice_with_one_form_is_one_issue(force, chief, client, tasks):
    reader = user_make(Role.INSPECTION_READER, force)
    token = str(uuid.uuid4())
    first = send(client, force, chief, reader, token=token)
    second = send(client, force, chief, reader, token=token)
    other = send(client, force, chief, token=token)

    summary = Summary.objects.get()
    assert first.url == second.url == address("summary", force, summary.pk)
    assert other.status_code == 409, "the same page with other people in it"
    assert "You have sent this page before" in other.content.decode()
    assert other.context["form"]["token"].value() != token, "sent again it is another issue"
    assert sorted(summary.chosen) == sorted([chief.pk, reader.pk])
    assert (summary.as_at, summary.requested_by) == (MARCH, chief)
    assert tasks == [("job", Job.objects.get().pk)]
    send(client, force, chief)
    assert Summary.objects.count() == 2, "another form is another issue"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"people": []}, "Choose at least one person to send the summary to."),
        ({"as_at_month": 13}, "Figures as at must be a real date"),
        ({"as_at_year": 2999}, "31 March 2999 has not come yet: choose a day up to today."),
        ({"token": "x"}, "token"),
    ],
)
def test_a_form_that_cannot_be_sent_says_why(force, chief, client, tasks, fields, sentence):
    page = send(client, force, chief, **fields).content.decode()
    assert sentence in page
    assert "<title>Error:" in page
    assert (Summary.objects.count(), tasks) == (0, [])


def test_nobody_outside_the_force_can_be_chosen(force, chief, client, tasks):
    stranger = user_make(Role.CHIEF_OFFICER, force_make("Elsewhere"))
    page = send(client, force, stranger).content.decode()
    assert "is not one of the available choices" in page
    assert stranger.email not in page
    assert not Summary.objects.exists()


def test_the_form_has_subscribers_ticked_and_the_forces_day(force, chief, client):
    force.opening_day = MARCH
    force.save()
    Subscription.objects.create(force=force, user=chief, cadence="monthly", starts_on=MARCH)
    other = user_make(Role.ANALYST, force)
    boxes = {
        box["value"]: "checked" in box
        for box in elements(text(client, address("send-now", force)), "input", type="checkbox")
    }
    assert boxes == {str(chief.pk): True, str(other.pk): False}
    (year,) = elements(text(client, address("send-now", force)), "input", name="as_at_year")
    assert year["value"] == "2016"


@pytest.fixture
def begun(force, chief):
    summary, job = summary_request(
        force=force,
        issue=now_issue(token="t", day=MARCH),
        as_at=MARCH,
        requested_by=chief,
        chosen=[chief.pk],
    )
    return summary, job


def test_an_issue_under_way_shows_how_far_it_is(force, chief, client, begun):
    summary, job = begun
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, done=1, note="Computing")
    page = text(client, address("summary", force, summary.pk))
    assert "is being written" in page
    assert "1 of 3 (33%). Computing" in page
    assert '<meta http-equiv="refresh" content="3">' in page
    part = client.get(address("summary-progress", force, summary.pk))
    assert ("hx-get" in part.content.decode(), "HX-Refresh" in part) == (True, False)
    assert client.get(address("summary-pdf", force, summary.pk)).status_code == 404

    Job.objects.filter(pk=job.pk).update(state=JobState.DONE, finished_at=timezone.now())
    assert client.get(address("summary-progress", force, summary.pk))["HX-Refresh"] == "true"


def test_an_issue_that_failed_can_be_written_again(force, chief, client, begun, tasks):
    summary, job = begun
    Job.objects.filter(pk=job.pk).update(
        state=JobState.FAILED, finished_at=timezone.now(), error="The typesetter <is> gone."
    )
    page = text(client, address("summary", force, summary.pk))
    assert "The summary could not be written, and nothing was sent. The typesetter &lt;is&gt; gone." in page
    assert "Stopped: see its page" in text(client, address("summaries", force))

    answer = client.post(address("retry", force, summary.pk))
    again = Job.objects.exclude(pk=job.pk).get()
    assert answer.url == address("summary", force, summary.pk)
    assert (again.kind, again.subject_id, tasks) == (WRITE_JOB, summary.pk, [("job", again.pk)])
    assert "is being written" in text(client, address("summary", force, summary.pk))


def test_a_written_issue_is_not_written_again(force, chief, client, tasks):
    summary = issue_write(force, chief)
    answer = client.post(address("retry", force, summary.pk), follow=True)
    assert "This summary is already written." in answer.content.decode()
    assert tasks == []


def test_a_failed_message_is_sent_again_from_the_page(force, chief, client, tasks):
    delivery = issue_write(force, chief).deliveries.get()
    Delivery.objects.update(state=DeliveryState.UNCONFIRMED, error="The site stopped")
    page = text(client, address("summary", force, delivery.summary_id))
    assert "Not confirmed" in page
    assert address("resend", force, delivery.pk) in page

    answer = client.post(address("resend", force, delivery.pk), follow=True)
    assert f"The message to {chief.email} is being sent again." in answer.content.decode()
    assert tasks == [("delivery", delivery.pk)]
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.WAITING
    answer = client.post(address("resend", force, delivery.pk), follow=True)
    assert "Only a message that failed or is not confirmed" in answer.content.decode()
    assert len(tasks) == 1


def test_everybody_chooses_for_themselves(force, chief, client):
    reader = user_make(Role.INSPECTION_READER, force)
    client.force_login(reader)
    url = address("subscriptions", force)
    early = opened(client, url)
    typed(client, url, cadences=["monthly", "before_board"])
    typed(client, url, cadences=["quarterly", "monthly"])
    typed(client, url, cadences=["daily"])
    assert client.post(url, early | {"cadences": ["before_board"]}).status_code == 409, "another window"

    held = dict(Subscription.objects.values_list("cadence", "is_active"))
    assert held == {"monthly": True, "quarterly": True, "before_board": False}
    assert set(Subscription.objects.values_list("user", flat=True)) == {reader.pk}
    page = text(client, url)
    assert "Everybody who receives" not in page
    ticked = {box["value"] for box in elements(page, "input", type="checkbox") if "checked" in box}
    assert ticked == {"monthly", "quarterly"}

    client.force_login(chief)
    assert reader.name in text(client, url)
    client.force_login(reader)
    typed(client, url, cadences=[])
    assert not Subscription.objects.active().exists()


def test_programs_send_and_read_the_same_issue(force, chief, client, tasks):
    body = {"force": force.slug, "as_at": "2016-03-31", "people": [chief.pk], "token": str(uuid.uuid4())}
    first = client.post("/api/v1/summaries/", body, "application/json")
    second = client.post("/api/v1/summaries/", body, "application/json")
    assert (first.status_code, second.status_code) == (202, 202)
    assert first.json()["id"] == second.json()["id"]
    assert (first.json()["state"], len(tasks)) == ("writing", 1)

    summary = issue_write(force, chief, token="written")
    one = client.get(f"/api/v1/summaries/{summary.pk}/").json()
    assert (one["digest"], one["content"]) == (summary.digest, summary.content)
    assert client.get(f"/api/v1/summaries/{summary.pk}/pdf/").content == bytes(summary.pdf)
    listed = client.get("/api/v1/summaries/", {"state": "written"}).json()["results"]
    assert [row["id"] for row in listed] == [summary.pk]
    assert "content" not in listed[0]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"people": []}, "may not be empty"),
        ({"people": [0]}, "greater than or equal to 1"),
        ({"people": [999_999_999]}, "Choose only people whose role in Testshire"),
        ({"as_at": "2999-01-01"}, "has not come yet"),
        ({"as_at": "31/3/2016"}, "wrong format"),
        ({"token": "x"}, "valid UUID"),
    ],
)
def test_programs_are_told_what_is_wrong(force, chief, client, tasks, fields, sentence):
    body = {"force": force.slug, "people": [chief.pk], "as_at": "2016-03-31"} | fields
    answer = client.post("/api/v1/summaries/", body, "application/json")
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert (Summary.objects.count(), tasks) == (0, [])


def test_programs_learn_nothing_of_people_elsewhere(force, chief, client):
    stranger = user_make(Role.HR, force_make("Elsewhere"))
    body = {"force": force.slug, "cadence": "monthly"}
    answers = [
        client.post("/api/v1/subscriptions/", body | {"user": number}, "application/json")
        for number in (stranger.pk, 999_999_999)
    ]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert answers[0].content == answers[1].content
    answer = client.post(
        "/api/v1/summaries/",
        {"force": force.slug, "people": [stranger.pk], "as_at": "2016-03-31"},
        "application/json",
    )
    assert stranger.name not in answer.content.decode()


def test_who_sends_switches_anothers_subscriptions(force, chief, client):
    reader = user_make(Role.INSPECTION_READER, force)
    url = address("subscription", force, reader.pk)
    assert url in text(client, address("subscriptions", force))
    form = opened(client, url)
    answer = client.post(url, form | {"cadences": ["monthly", "before_board"]})
    assert answer.status_code == 302
    held = Subscription.objects.active().filter(user=reader)
    assert set(held.values_list("cadence", flat=True)) == {"monthly", "before_board"}
    assert "Every month" in text(client, address("subscriptions", force))
    client.post(url, opened(client, url) | {"cadences": []})
    assert not Subscription.objects.active().exists()


def test_only_who_sends_does_and_only_of_their_own_force(force, chief, client):
    elsewhere = user_make(Role.HR, force_make("Elsewhere"))
    assert client.get(address("subscription", force, elsewhere.pk)).status_code == 404
    client.force_login(user_make(Role.INSPECTION_READER, force))
    assert client.get(address("subscription", force, chief.pk)).status_code == 403


def test_programs_switch_subscriptions(force, chief, client):
    body = {"force": force.slug, "user": chief.pk, "cadence": "quarterly"}
    off = client.post("/api/v1/subscriptions/", body | {"is_active": False}, "application/json")
    assert "no such subscription" in off.content.decode()
    on = client.post("/api/v1/subscriptions/", body | {"starts_on": "2016-04-01"}, "application/json")
    assert (on.status_code, on.json()["starts_on"]) == (201, "2016-04-01")
    client.post("/api/v1/subscriptions/", body, "application/json")
    client.post("/api/v1/subscriptions/", body | {"is_active": False}, "application/json")
    (held,) = client.get("/api/v1/subscriptions/").json()["results"]
    assert (held["id"], held["is_active"]) == (on.json()["id"], False)
    gone = user_make(Role.HR, force)
    gone.memberships.update(is_active=False)
    refused = client.post("/api/v1/subscriptions/", body | {"user": gone.pk}, "application/json")
    assert "has no role in Testshire that may read summaries" in refused.content.decode()


def test_programs_resend_and_retry(force, chief, client, begun, tasks):
    summary, job = begun
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, finished_at=timezone.now())
    assert client.post(f"/api/v1/summaries/{summary.pk}/retry/").status_code == 202
    delivery = issue_write(force, chief, token="written").deliveries.get()
    url = f"/api/v1/deliveries/{delivery.pk}/resend/"
    assert client.post(url).status_code == 400
    Delivery.objects.update(state=DeliveryState.FAILED)
    assert client.post(url).json()["state"] == "waiting"
    assert client.post(f"/api/v1/summaries/{delivery.summary_id}/retry/").status_code == 400
    assert [name for name, _ in tasks] == ["job", "delivery"]


@pytest.mark.parametrize("more", [0, 12])
def test_queries_do_not_grow_with_issues_and_messages(force, chief, client, more):
    national_rows(force)
    summary = issue_write(force, chief)
    for number in range(more):
        summary_request(
            force=force, issue=now_issue(token=f"more-{number}", day=MARCH), as_at=MARCH, requested_by=None
        )
        Delivery.objects.create(
            summary=summary,
            address=f"{number}@x.invalid",
            message_id=f"<{number}@x.invalid>",
            try_at=timezone.now(),
        )
    on = {"on": "2016-03-31"}
    pages = {
        "overview": (),
        "indicator": ("vacancy_fte",),
        "measure": ("workforce_officers_share",),
        "summaries": (),
        "summary": (summary.pk,),
        "send-now": (),
        "subscriptions": (),
    }
    for name, args in pages.items():
        client.get(address(name, force, *args), on)
        with query_count(f"inspection:{name}"):
            assert client.get(address(name, force, *args), on).status_code == 200
    for name in ("summary-list", "subscription-list", "delivery-list"):
        with query_count(f"api {name}"):
            assert client.get(reverse(name)).status_code == 200
