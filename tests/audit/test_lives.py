"""A record's whole life: a post as an auditor reads it, a person as those may who look after people."""

from datetime import date

import pghistory
import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from peelsite.accounts.permissions import Role
from peelsite.audit.lives import life_of
from peelsite.audit.models import SensitiveRead
from peelsite.audit.tracked import tracked_tables
from peelsite.imports.models import ImportBatch
from tests.factories import force_make, person_make, post_make, posting_make, signed_in, unit_make, user_make
from tests.workforce.boards.invented import World, world_make
from workforce.people.models import Absence, Person

pytestmark = pytest.mark.django_db


def life_url(force, model: str, pk: int) -> str:
    return reverse("history:life", args=[force.slug, model, pk])


def told(force, model: str, pk: int, reader) -> list[str]:
    """'Post added', 'Unit: Response -> Custody', in the order of the page."""
    lines = []
    for entry in life_of(table=tracked_tables()[model], force=force, record_id=pk, reader=reader):
        lines.append(f"{entry.table.one} {entry.version.verb} {entry.place}".strip())
        lines += [f"{field.name}: {field.before} -> {field.after}" for field in entry.version.fields]
    return lines


@pytest.fixture
def decided() -> World:
    """A board decided to fill post B-1."""
    world = world_make("Testshire")
    world.publish()
    world.decide("B-1")
    return world


@pytest.mark.parametrize(("role", "name_is_shown"), [(Role.INSPECTION_READER, False), (Role.HR, True)])
def test_a_posts_whole_life(decided, role, name_is_shown):
    force, post = decided.force, decided.posts["B-1"]
    reader = user_make(role, force)
    custody = unit_make(force, "Stevenage custody")
    with pghistory.context(user=decided.hr.pk, reason="Moved with its team"):
        post.unit = custody
        post.save()
    newcomer = person_make(force, "7777", family_name="Plainlyinvented")
    with pghistory.context(user=decided.chief.pk):
        posting_make(newcomer, post)
    lines = told(force, "workforce.post", post.pk, reader)
    assert "Post added" in lines
    assert "Unit: Custody -> Stevenage custody" in lines
    assert any(line.startswith("Decision added") and str(decided.board) in line for line in lines)
    assert any(line.startswith("Post to fill added") for line in lines)
    assert "Posting added" in lines
    html = signed_in(reader).get(life_url(force, "workforce.post", post.pk)).content.decode()
    assert "Reason: Moved with its team" in html
    assert f"by {decided.chief}" in html
    assert ("Plainlyinvented" in html) == name_is_shown
    assert ("not shown to you" in html) != name_is_shown


def test_the_import_that_made_a_post_is_named():
    force = force_make()
    hr = user_make(Role.HR, force)
    batch = ImportBatch.objects.create(
        force=force, target="posts", file_name="establishment.csv", digest="0" * 64, size=1
    )
    from_file = post_make(force, "B-7", import_id=batch.pk)
    lines = told(force, "workforce.post", from_file.pk, hr)
    assert "Import:  -> establishment.csv" in lines


def test_a_persons_life_is_shown_once_a_reason_is_given():
    force = force_make()
    person = person_make(force, "1187", family_name="Plainlyinvented")
    posting_make(person, post_make(force, "B-1"))
    hr = user_make(Role.HR, force)
    client, url = signed_in(hr), life_url(force, "workforce.person", person.pk)
    for refused in (client.get(url), client.post(url, {"reason": " "}), client.post(url, {"reason": "x"})):
        assert "Why do you need to see this?" in refused.content.decode()
        assert "Posting added" not in refused.content.decode()
    assert not SensitiveRead.objects.exists()
    html = client.post(url, {"reason": "Grievance of 4 May"}).content.decode()
    assert "Posting added" in html
    read = SensitiveRead.objects.get()
    assert (read.user, read.kind, read.reason) == (hr, "person_history", "Grievance of 4 May")
    assert read.person_ids == [person.pk]
    assert "Plainlyinvented" in read.labels[0]


@pytest.mark.parametrize("role", [Role.INSPECTION_READER, Role.ADMINISTRATOR])
def test_a_persons_life_is_not_there_for_others(role):
    force = force_make()
    person = person_make(force)
    client = signed_in(user_make(role, force))
    assert client.get(life_url(force, "workforce.person", person.pk)).status_code == 404
    stranger = signed_in(user_make(Role.HR, force_make("Otherset")))
    assert stranger.get(life_url(force, "workforce.person", person.pk)).status_code == 404


def test_health_stays_out_of_a_life_for_those_who_may_not_see_it(monkeypatch):
    force = force_make()
    person = person_make(force)
    Absence.objects.create(
        force=force, person=person, kind="sickness", during=DateRange(date(2016, 1, 1), None)
    )
    hr = user_make(Role.HR, force)
    sees = "health.view"
    monkeypatch.setattr(type(hr), "may", lambda self, action, where: True)
    assert "Absence added" in told(force, "workforce.person", person.pk, hr)
    monkeypatch.setattr(type(hr), "may", lambda self, action, where: action != sees)
    assert "Absence added" not in told(force, "workforce.person", person.pk, hr)


def test_what_was_withdrawn_is_still_told():
    force = force_make()
    person, post = person_make(force), post_make(force)
    posting_make(person, post).delete()
    lines = told(force, "workforce.post", post.pk, user_make(Role.HR, force))
    assert lines.index("Posting deleted") < lines.index("Posting added")


def test_every_table_that_names_a_person_is_in_a_persons_life():
    naming = {
        name
        for name, table in tracked_tables().items()
        if any(field.related_model is Person for field in table.model._meta.concrete_fields)
    }
    assert {
        "workforce.posting",
        "workforce.absence",
        "workforce.limitedduty",
        "workforce.posttofill",
    } <= naming


def test_a_life_costs_the_same_for_more_rows():
    force = force_make()
    hr, post = user_make(Role.HR, force), post_make(force)
    client, url = signed_in(hr), life_url(force, "workforce.post", post.pk)
    posting = posting_make(person_make(force), post, ends_before=date(2011, 1, 1))
    client.get(url)
    with CaptureQueriesContext(connection) as before:
        client.get(url)
    for year in range(2011, 2016):
        posting_make(person_make(force), post, starts_on=date(year, 1, 1), ends_before=date(year + 1, 1, 1))
        posting.is_supernumerary = not posting.is_supernumerary
        posting.save()
    with CaptureQueriesContext(connection) as after:
        client.get(url)
    assert len(after) == len(before)
    assert len(after) < 30
