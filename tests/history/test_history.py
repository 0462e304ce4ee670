"""History pages: what is shown, in which words, to whom, and at what cost."""

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pghistory
import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from peelsite.accounts.models import Membership, User
from peelsite.accounts.permissions import Action, Role
from peelsite.audit.presenters import versions_described
from peelsite.audit.selectors import latest_changes, versions_of
from peelsite.audit.tracked import readable_tables, tracked_tables
from tests.factories import force_make, person_make, post_make, posting_make, signed_in, unit_make, user_make
from workforce.people.models import Absence

pytestmark = pytest.mark.django_db


@pytest.fixture
def force():
    return force_make()


def record_url(force, model: str, pk: int) -> str:
    return reverse("history:record", args=[force.slug, model, pk])


def today_changes(force, reader, **asked):
    today = timezone.localdate()
    return latest_changes(
        force=force,
        tables=readable_tables(reader, force),
        first=today - timedelta(days=1),
        last=today,
        **asked,
    )


def test_every_tracked_table_with_a_force_is_there():
    tables = tracked_tables()
    assert {"workforce.post", "workforce.person", "workforce.absence", "forces.unit"} <= set(tables)
    assert {"accounts.user", "accounts.membership", "accounts.apitoken"} <= set(tables)
    assert tables["workforce.posting"].force_path == "force"
    assert tables["workforce.decision"].force_path == "item__board__force", "not over its funding, if any"


@pytest.mark.parametrize(
    ("role", "seen", "hidden"),
    [
        (Role.HR, {"workforce.person", "workforce.posting"}, {"workforce.absence"}),
        (
            Role.INSPECTION_READER,
            {"workforce.post"},
            {"workforce.person", "workforce.posting", "workforce.absence"},
        ),
        (Role.ADMINISTRATOR, {"accounts.membership"}, {"workforce.person", "workforce.limitedduty"}),
    ],
)
def test_tables_about_people_ask_for_more(force, role, seen, hidden):
    readable = set(readable_tables(user_make(role, force), force))
    assert seen <= readable
    assert not hidden & readable


def test_the_people_of_one_unit_do_not_open_the_history_of_everybody(force):
    """Who may see people in a unit alone may not read versions, which are of the whole force."""
    reader = user_make(Role.UNIT_HEAD, force, unit=unit_make(force, "Response"))
    Membership.objects.create(user=reader, force=force, role=Role.INSPECTION_READER)
    readable = set(readable_tables(reader, force))
    assert "workforce.post" in readable
    assert not {"workforce.person", "workforce.posting"} & readable


def test_a_posting_asks_for_what_its_person_asks_for():
    assert Action.PEOPLE_VIEW in tracked_tables()["workforce.posting"].actions
    assert Action.HEALTH_VIEW in tracked_tables()["workforce.absence"].actions


def test_a_record_is_told_field_by_field_in_words(force):
    user = user_make(Role.HR, force)
    unit, other = unit_make(force, "Response"), unit_make(force, "Custody")
    with pghistory.context(user=user.pk, url="/testshire/posts/new/", request="abcdef0123456789"):
        post = post_make(force, "B-1", unit=unit, fte=Decimal("0.5"))
    with pghistory.context(user=user.pk):
        post.unit = other
        post.during = DateRange(date(2010, 4, 1), date(2016, 4, 1))
        post.save()
    table = tracked_tables()["workforce.post"]
    newest, first = versions_described(table, versions_of(table=table, force=force, record_id=post.pk))
    assert newest.verb == "changed"
    assert newest.source.who == str(user)
    changed = {field.name: (field.before, field.after) for field in newest.fields}
    assert changed["Unit"] == ("Response", "Custody")
    assert changed["During"] == ("1 April 2010 onwards", "1 April 2010 to 31 March 2016")
    assert set(changed) == {"Unit", "During"}
    assert first.verb == "added"
    assert {field.name: field.after for field in first.fields}["FTE"] == "0.5"
    html = signed_in(user).get(record_url(force, "workforce.post", post.pk)).content.decode()
    assert "History of post B-1" in html
    assert "/testshire/posts/new/" in html
    assert "request abcdef01" in html


def test_what_is_deleted_keeps_its_history(force):
    user = user_make(Role.HR, force)
    post = post_make(force, "B-9")
    pk = post.pk
    post.delete()
    html = signed_in(user).get(record_url(force, "workforce.post", pk)).content.decode()
    assert f"post number {pk}" in html
    assert "Deleted on" in html


def test_bulk_writes_are_one_line_that_leads_to_its_records(force):
    user = user_make(Role.HR, force)
    posts = [post_make(force, f"B-{number}") for number in range(3)]
    with pghistory.context(command="import_posts"):
        type(posts[0]).objects.filter(force=force).update(fte=Decimal("0.8"))
    client = signed_in(user)
    html = client.get(
        reverse("history:changes", args=[force.slug]), {"table": "workforce.post"}
    ).content.decode()
    assert "3 posts changed" in html
    assert "Command import_posts" in html
    (change,) = [c for c in today_changes(force, user) if c.table == "workforce.post" and c.label == "update"]
    assert (change.rows, change.record_id) == (3, None)
    url = reverse("history:action", args=[force.slug, "workforce.post", "update", change.context_id])
    records = client.get(url).content.decode()
    for post in posts:
        assert record_url(force, "workforce.post", post.pk) in records
    nothing = reverse("history:action", args=[force.slug, "workforce.post", "update", uuid.uuid4()])
    assert client.get(nothing).status_code == 404


def test_changes_are_filtered_by_user_table_and_day(force):
    one, two = user_make(Role.HR, force), user_make(Role.HR, force)
    with pghistory.context(user=one.pk):
        post_make(force, "B-1")
    with pghistory.context(user=two.pk):
        unit_make(force, "Custody")
    assert "workforce.post" in {change.table for change in today_changes(force, one, user=one)}
    assert {change.table for change in today_changes(force, one, user=two)} == {"forces.unit"}
    client = signed_in(one)
    url = reverse("history:changes", args=[force.slug])
    past = client.get(url, {"first": "2001-01-01", "last": "2001-12-31"}).content.decode()
    assert "Nothing was changed in these days" in past
    of_two = client.get(url, {"user": two.pk}).content.decode()
    assert "Unit added" in of_two
    assert "Post added" not in of_two
    wrong = client.get(url, {"first": "not a day", "table": "no.such"})
    assert wrong.status_code == 200
    assert (
        "First must be a real date" in wrong.content.decode()
        or "From must be a real date" in wrong.content.decode()
    )


def test_another_force_is_not_seen(force):
    other = force_make("Otherset")
    post = post_make(other, "X-1")
    user = user_make(Role.HR, force)
    assert not [change for change in today_changes(force, user) if change.table == "workforce.post"]
    assert signed_in(user).get(record_url(force, "workforce.post", post.pk)).status_code == 404
    assert signed_in(user).get(record_url(other, "workforce.post", post.pk)).status_code == 404
    outsider = user_make(Role.HR, other)
    assert signed_in(user).get(record_url(force, "accounts.user", outsider.pk)).status_code == 404


@pytest.mark.parametrize("role", [Role.INSPECTION_READER, Role.ADMINISTRATOR])
def test_health_and_people_are_hidden_from_readers_of_history(force, role):
    person = person_make(force, "1187", family_name="Plainlyinvented")
    posting = posting_make(person, post_make(force))
    absence = Absence.objects.create(
        force=force, person=person, kind="sickness", during=DateRange(date(2016, 1, 1), None)
    )
    reader = signed_in(user_make(role, force))
    for model, pk in (
        ("workforce.person", person.pk),
        ("workforce.posting", posting.pk),
        ("workforce.absence", absence.pk),
    ):
        assert reader.get(record_url(force, model, pk)).status_code == 404
    html = reader.get(reverse("history:changes", args=[force.slug])).content.decode()
    assert "Absence" not in html
    assert "Person" not in html
    both = user_make(Role.HR, force)
    url = record_url(force, "workforce.absence", absence.pk)
    assert signed_in(both).get(url).status_code == 404
    Membership.objects.create(user=both, force=force, role=Role.HEALTH)
    hr = signed_in(User.objects.get(pk=both.pk))
    assert "Sickness" not in hr.get(url).content.decode()
    assert "Sickness" in hr.post(url, {"reason": "Asked by the person"}).content.decode()


@pytest.mark.parametrize(
    ("role", "status"), [(Role.UNIT_HEAD, 403), (Role.FINANCE, 403), (Role.INSPECTION_READER, 200)]
)
def test_pages_for_owner_colleague_and_stranger(force, role, status):
    post = post_make(force)
    unit = force.units.first() if role == Role.UNIT_HEAD else None
    addresses = (
        reverse("history:changes", args=[force.slug]),
        record_url(force, "workforce.post", post.pk),
    )
    colleague = signed_in(user_make(role, force, unit=unit))
    stranger = signed_in(user_make(Role.HR, force_make("Otherset")))
    for address in addresses:
        assert colleague.get(address).status_code == status
        assert stranger.get(address).status_code == 404
        assert Client().get(address).status_code == 302


def test_passwords_and_digests_are_kept_nowhere(force):
    user = user_make(Role.HR, force)
    admin = signed_in(user_make(Role.ADMINISTRATOR, force))
    html = admin.get(record_url(force, "accounts.user", user.pk)).content.decode()
    assert user.email in html
    assert user.password not in html
    columns = {field.name for field in tracked_tables()["accounts.user"].event._meta.fields}
    assert not {"password", "last_login"} & columns
    token_columns = {field.name for field in tracked_tables()["accounts.apitoken"].event._meta.fields}
    assert "digest" not in token_columns


def test_cost_does_not_grow_with_the_records(force):
    user = user_make(Role.HR, force)
    client = signed_in(user)
    people = [person_make(force) for _ in range(2)]
    posting = posting_make(people[0], post_make(force))
    urls = (
        reverse("history:changes", args=[force.slug]),
        record_url(force, "workforce.posting", posting.pk),
    )
    for url in urls:
        client.get(url)
    for url in urls:
        with CaptureQueriesContext(connection) as before:
            client.get(url)
        for _ in range(4):
            posting_make(person_make(force), post_make(force))
            posting.fte -= Decimal("0.05")
            posting.save()
        with CaptureQueriesContext(connection) as after:
            client.get(url)
        assert len(after) == len(before), "\n".join(query["sql"] for query in after)
        assert len(after) < 20


def test_changes_for_programs(force):
    user = user_make(Role.HR, force)
    post_make(force, "B-1")
    client = signed_in(user)
    answer = client.get("/api/v1/changes/", {"force": "testshire", "table": "workforce.post"})
    (change,) = answer.json()
    assert change["verb"] == "added"
    assert client.get("/api/v1/changes/", {"force": "testshire", "table": "x"}).status_code == 400
    assert client.get("/api/v1/changes/").status_code == 400
    reader = signed_in(user_make(Role.INSPECTION_READER, force))
    hidden = reader.get("/api/v1/changes/", {"force": "testshire", "table": "workforce.absence"})
    assert hidden.status_code == 400
    assert (
        signed_in(user_make(Role.FINANCE, force)).get("/api/v1/changes/?force=testshire").status_code == 403
    )
    stranger = signed_in(user_make(Role.HR, force_make("Otherset")))
    assert stranger.get("/api/v1/changes/?force=testshire").status_code == 404
    assert Client().get("/api/v1/changes/?force=testshire").status_code == 401
