"""The unit head's pages: candidates with reasons, proposals, answers, chains; and what people say."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from peelsite.accounts.permissions import Role as UserRole
from peelsite.home.selectors import tasks_for
from peelsite.jobs.models import Job
from peelsite.jobs.services import job_run
from peelsite.mail.models import OutboxMessage
from tests import factories
from tests.query_counts import query_count
from tests.workforce.boards.invented import DAY, FILL_BY
from tests.workforce.boards.matching.test_moves import answer, propose
from workforce.boards.matching.models import (
    FlexibleWorking,
    MatchingSettings,
    MinimumStrength,
    MovePreference,
    MoveProposal,
)
from workforce.boards.matching.services import preference_set
from workforce.people.models import Absence


def url(asked, name, *args):
    return reverse(f"boards:{name}", args=[asked.world.force.slug, *args])


def sent(page, **typed):
    """What a page sends: what it showed, and what was typed over it."""
    form = page.context["form"]
    held = {}
    for bound in form:
        value = bound.value()
        if hasattr(value, "year"):
            held |= {f"{bound.html_name}_{part}": getattr(value, part) for part in ("day", "month", "year")}
        elif value not in (None, False):
            held[bound.html_name] = value
    return held | typed


def test_the_page_lists_the_best_first_and_narrows(asked, client):
    client.force_login(asked.world.head)
    address = url(asked, "to-fill-post", asked.to_fill().pk)
    page = client.get(address).content.decode()
    assert "4 people could take it from 1 May 2016" in page
    assert page.count(">Propose<") == 4
    assert "How the order comes about" in page
    narrowed = client.get(address, {"search": "holder c-2"}).content.decode()
    assert "1 person could take it" in narrowed
    assert "Nobody matches" in client.get(address, {"wants": "on"}).content.decode()
    Absence.objects.create(
        force=asked.world.force,
        person=asked.world.people["C-1"],
        kind="study",
        during=DateRange(date(2016, 1, 1), None),
    )
    assert "no day of return" not in client.get(address).content.decode()
    shown = client.get(address, {"cannot": "on"}).content.decode()
    assert "no day of return is known" in shown
    assert "tudy" not in shown


def test_from_the_list_to_the_posting(asked, client, settings):
    """The head proposes, the other head is told on the start page and by email, agrees, and it is done."""
    settings.EMAIL_BACKEND = "peelsite.mail.backend.OutboxBackend"
    world = asked.world
    client.force_login(world.head)
    person = world.people["C-1"]
    address = url(asked, "match", asked.to_fill().pk, person.pk)
    page = client.get(address)
    assert "Holder C-1" in page.content.decode()
    answered = client.post(address, sent(page, kind="substantive", note="A year in custody already."))
    move = MoveProposal.objects.get()
    assert answered.url == url(asked, "move-proposal", move.pk)
    assert "Waiting for an answer" in client.get(answered.url).content.decode()
    assert (
        "is proposed for this post"
        in client.get(url(asked, "to-fill-post", asked.to_fill().pk)).content.decode()
    )

    job_run(job_id=Job.objects.get(kind="boards.move_asked").pk)
    message = OutboxMessage.objects.get()
    assert message.recipients == asked.other_head.email
    assert message.subject == "[OFFICIAL] May Alex Holder C-1 go to Custody?"
    [task] = [each for each in tasks_for(asked.other_head, world.force, DAY) if "may" in each.title]
    client.force_login(asked.other_head)
    page = client.get(task.href)
    assert "A year in custody already." in page.content.decode()
    assert "Those posts are 0.0 now" in page.content.decode() or "gap in Response" in page.content.decode()
    answered = client.post(task.href, sent(page, answer="agreed"))
    assert answered.status_code == 302
    asked_again = asked.to_fill()
    assert (asked_again.state, asked_again.person) == ("matched", person)
    job_run(job_id=Job.objects.get(kind="boards.move_answered").pk)
    assert OutboxMessage.objects.filter(recipients=world.head.email, subject__endswith="done").exists()


def test_a_clash_comes_back_with_a_box_to_tick(asked, client):
    Absence.objects.create(
        force=asked.world.force,
        person=asked.world.people["C-1"],
        kind="sickness",
        during=DateRange(date(2016, 4, 20), date(2016, 7, 1)),
    )
    MinimumStrength.objects.create(
        force=asked.world.force,
        unit=asked.world.response,
        fte=Decimal(3),
        during=DateRange(date(2016, 1, 1), None),
        reason="One a shift",
    )
    client.force_login(asked.world.head)
    address = url(asked, "match", asked.to_fill().pk, asked.world.people["C-2"].pk)
    typed = sent(client.get(address), kind="substantive")
    page = client.post(address, typed)
    assert "below its minimum of 3.0" in page.content.decode()
    assert 'type="checkbox" name="knowing"' in page.content.decode()
    assert client.post(address, typed | {"knowing": "on"}).status_code == 302
    assert MoveProposal.objects.get().state == "asked"


def test_the_answer_page_is_for_the_head_and_for_who_answers_for_them(asked, client):
    move = propose(asked)
    address = url(asked, "move-answer", move.asked.get().pk)
    for user, status in (
        (asked.world.head, 403),
        (asked.world.analyst, 403),
        (asked.other_head, 200),
        (asked.world.chief, 200),
    ):
        client.force_login(user)
        assert client.get(address).status_code == status
    page = client.get(address)
    assert "Answer for the head of Response" in page.content.decode()
    refused = client.post(address, sent(page, answer="agreed"))
    assert "Enter reason" in refused.content.decode()


def test_a_chain_is_begun_read_and_carried_out_on_the_pages(asked, client):
    world = asked.world
    client.force_login(world.head)
    address = url(asked, "match", asked.to_fill().pk, world.people["B-4"].pk)
    typed = sent(client.get(address), kind="substantive", in_chain="on")
    client.post(address, typed)
    first = MoveProposal.objects.get()
    page = client.get(url(asked, "move-follow", first.pk)).content.decode()
    assert "leaves post B-4" in page
    address = url(asked, "move-follow-with", first.pk, world.people["C-1"].pk)
    typed = sent(client.get(address), kind="substantive")
    answered = client.post(address, typed)
    assert answered.url == url(asked, "chain", first.chain_id)
    page = client.get(answered.url).content.decode()
    assert "goes from post B-4 in Custody to post B-1 in Custody on 1 May 2016." in page
    assert "It can be carried out once every move is agreed." in page
    answer(asked, MoveProposal.objects.get(place=2))
    page = client.get(answered.url).content.decode()
    assert "Checked as one" in page
    carry = url(asked, "chain-carry-out", first.chain_id)
    assert client.post(carry, sent(client.get(carry))).status_code == 302
    assert asked.to_fill().state == "matched"
    assert "Nothing of this chain waits any more." in client.get(answered.url).content.decode()


def test_all_waiting_posts_at_once(asked, client):
    client.force_login(asked.world.head)
    page = client.get(url(asked, "to-fill-together"))
    text = page.content.decode()
    chosen = [
        each.initial for name, each in page.context["form"].fields.items() if name.startswith("person_")
    ]
    assert len(set(chosen)) == 2
    assert "For and against" in text
    typed = sent(page)
    assert client.post(url(asked, "to-fill-together"), typed).status_code == 302
    assert MoveProposal.objects.count() == 2
    assert "No post waits without a proposal." in client.get(url(asked, "to-fill-together")).content.decode()


def test_a_head_sets_the_minimum_of_their_unit_and_no_other(asked, client):
    client.force_login(asked.world.head)
    address = url(asked, "minimum-add")
    page = client.get(address)
    units = {unit.name for unit in page.context["form"].fields["unit"].queryset}
    assert units == {"Custody"}
    typed = sent(page, unit=asked.world.custody.pk, fte="3.5", reason="Four teams")
    assert client.post(address, typed).status_code == 302
    minimum = MinimumStrength.objects.get()
    text = client.get(url(asked, "minimums")).content.decode()
    assert url(asked, "minimum", minimum.pk) in text
    assert ">3.5<" in text
    client.force_login(asked.other_head)
    assert client.get(url(asked, "minimum", minimum.pk)).status_code == 404
    client.force_login(asked.world.hr)
    change = url(asked, "minimum", minimum.pk)
    assert client.post(change, sent(client.get(change), fte="4")).status_code == 302
    clash = client.post(address, typed | {"fte": "2"})
    assert "already has a minimum strength in these dates" in clash.content.decode()
    remove = url(asked, "minimum-remove", minimum.pk)
    assert client.post(remove, sent(client.get(remove))).status_code == 302
    assert not MinimumStrength.objects.exists()


def test_hr_changes_the_numbers_of_the_force(asked, client):
    client.force_login(asked.world.hr)
    address = url(asked, "matching-settings")
    typed = sent(client.get(address), minimum_tenure_months="24")
    assert client.post(address, typed).status_code == 302
    assert MatchingSettings.objects.get().minimum_tenure_months == 24
    client.force_login(asked.world.head)
    assert client.get(address).status_code == 403


def test_a_person_says_what_they_would_like_and_heads_do_not_read_the_remarks(asked, client):
    world = asked.world
    person = world.people["C-1"]
    person.user = factories.user_make(UserRole.EMPLOYEE, world.force)
    person.save()
    client.force_login(person.user)
    address = url(asked, "own-preference")
    typed = sent(client.get(address), wants_move="yes", unit=str(world.custody.pk), remarks="My knee is bad.")
    assert client.post(address, typed).status_code == 302
    page = client.get(url(asked, "own-standing")).content.decode()
    assert "My knee is bad." in page
    assert "Would like to move" in client.get(reverse("people:own", args=[world.force.slug])).content.decode()
    client.force_login(world.head)
    listed = client.get(url(asked, "to-fill-post", asked.to_fill().pk)).content.decode()
    assert "Wishes for the unit: Custody" in listed
    assert "knee" not in listed
    assert client.get(url(asked, "standing", person.pk)).status_code == 403
    record = client.get(reverse("people:person", args=[world.force.slug, person.pk]))
    assert record.status_code == 404
    client.force_login(world.hr)
    change = url(asked, "preference", person.pk)
    typed = sent(client.get(change), wants_move="no", unit="", remarks="")
    assert client.post(change, typed).status_code == 302
    found = MovePreference.objects.get()
    assert (found.wants_move, found.wishes.count(), found.remarks) == (False, 0, "")


def test_hr_keeps_agreements_and_places_for_promotion(asked, client):
    person = asked.world.people["C-1"]
    client.force_login(asked.world.hr)
    address = url(asked, "flexible-add", person.pk)
    dates = {
        f"{name}_{part}": value
        for name, day in (("starts_on", date(2016, 4, 1)), ("review_on", date(2017, 4, 1)))
        for part, value in (("day", day.day), ("month", day.month), ("year", day.year))
    }
    typed = sent(client.get(address), pattern="compressed", hours="Four days of ten hours") | dates
    assert client.post(address, typed).status_code == 302
    agreement = FlexibleWorking.objects.get()
    again = client.post(address, sent(client.get(address)) | typed | {"form_key": "another"})
    assert "already has an agreement in these dates" in again.content.decode()
    end = url(asked, "flexible-end", person.pk, agreement.pk)
    last = {"ends_on_day": 30, "ends_on_month": 6, "ends_on_year": 2016}
    assert client.post(end, sent(client.get(end)) | last).status_code == 302
    agreement.refresh_from_db()
    assert agreement.during.upper == date(2016, 7, 1)
    address = url(asked, "promotion-add", person.pk)
    typed = sent(client.get(address), rank=asked.world.posts["B-1"].rank_id, standing="pool") | dates
    assert client.post(address, typed).status_code == 302
    page = client.get(url(asked, "standing", person.pk)).content.decode()
    assert "Compressed hours: Four days of ten hours" in page
    assert "In the promotion pool: Sergeant" in page


@pytest.mark.parametrize("people", [3, 120])
def test_queries_do_not_grow_with_the_people(asked, client, people):
    world = asked.world
    for number in range(people):
        post = factories.post_make(
            world.force, f"X-{number}", unit=world.response, role=world.posts["C-1"].role
        )
        person = factories.person_make(world.force)
        factories.posting_make(person, post)
        if number % 2:
            preference_set(person=person, wants_move=True, unit=world.custody)
    client.force_login(world.head)
    move = propose(asked, reference="B-2")
    MinimumStrength.objects.create(
        force=world.force,
        unit=world.response,
        fte=Decimal(1),
        during=DateRange(date(2016, 1, 1), None),
        reason="One a shift",
    )
    for name, address in (
        ("boards:to-fill", url(asked, "to-fill")),
        ("boards:to-fill-post", url(asked, "to-fill-post", asked.to_fill().pk)),
        ("boards:to-fill-together", url(asked, "to-fill-together")),
        ("boards:moves", url(asked, "moves")),
        ("boards:move-proposal", url(asked, "move-proposal", move.pk)),
        ("boards:minimums", url(asked, "minimums")),
    ):
        client.get(address)
        with query_count(name):
            assert client.get(address).status_code == 200


def test_programs_find_propose_answer_and_read(asked, client):
    world = asked.world
    client.force_login(world.head)
    listed = client.get(reverse("move-candidates"), {"to_fill": asked.to_fill().pk}).json()
    assert {row["person"] for row in listed} == {person.pk for person in world.people.values()}
    assert all(row["score"] == listed[0]["score"] or row["reasons_for"] for row in listed)
    given = {"to_fill": asked.to_fill().pk, "person": world.people["C-1"].pk, "starts_on": str(FILL_BY)}
    made = client.post(reverse("move-list"), given, content_type="application/json")
    assert (made.status_code, made.json()["state"]) == (201, "asked")
    pk = made.json()["id"]
    again = client.post(reverse("move-list"), given, content_type="application/json")
    assert again.status_code == 400
    client.force_login(asked.other_head)
    says = {"answer": "later", "from_day": "2016-06-01"}
    answered = client.post(reverse("move-answer", args=[pk]), says, content_type="application/json")
    assert (answered.status_code, answered.json()["state"]) == (200, "later")
    client.force_login(world.head)
    accepted = client.post(reverse("move-accept", args=[pk]), content_type="application/json").json()
    assert (accepted["state"], accepted["starts_on"]) == ("done", "2016-06-01")
    assert client.get(reverse("move-detail", args=[pk])).json()["asked"][0]["state"] == "later"
    beside = factories.user_make(
        UserRole.UNIT_HEAD,
        world.force,
        unit=factories.unit_make(world.force, "Dogs", parent=world.custody.parent),
    )
    client.force_login(beside)
    assert client.get(reverse("move-detail", args=[pk])).status_code == 404
    assert client.get(reverse("move-list")).json()["results"] == []
