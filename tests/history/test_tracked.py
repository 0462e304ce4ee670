"""Every table keeps its history or says why not; and every change says why, where it corrects the past."""

from collections.abc import Iterator

import pghistory
import pghistory.models
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.test import Client
from django.urls import reverse

from peelsite.accounts.permissions import Role
from peelsite.audit.selectors import Source, sources_of
from peelsite.celery import app
from peelsite.history.untracked import UNTRACKED
from tests.editing.pages import opened
from tests.factories import area_make, force_make, person_make, post_make, posting_make, user_make
from workforce.establishment.models import Post, Rank


def plain_models() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and not issubclass(model, pghistory.models.Event):
            yield model


def tracked_models() -> set[type[models.Model]]:
    return {event.pgh_tracked_model for event in apps.get_models() if hasattr(event, "pgh_tracked_model")}


def test_every_table_is_tracked_or_named_with_a_reason():
    labels = {model._meta.label for model in plain_models() if model not in tracked_models()}
    assert labels == set(UNTRACKED) & labels, "give these history, or a reason in untracked.py"
    assert not {model._meta.label for model in tracked_models()} & set(UNTRACKED), "tracked after all"
    assert all(len(reason) > 20 for reason in UNTRACKED.values())


def source_of_last(model: type[models.Model], pk: int) -> Source:
    event = model.pgh_event_model.objects.filter(pgh_obj_id=pk).latest("pgh_id")
    return sources_of({event.pgh_context_id})[event.pgh_context_id]


@pytest.fixture
def force(db):
    return force_make()


@pytest.fixture
def hr(force) -> Client:
    client = Client()
    client.force_login(user_make(Role.HR, force))
    return client


def test_a_correction_says_why(hr, force):
    post = post_make(force, "B-1")
    address = reverse("establishment:post-correct", args=[force.slug, post.pk])
    sent = opened(hr, address) | {"reference": "B-100"}
    refused = hr.post(address, sent | {"change_reason": " "})
    assert "Enter why is this changed?" not in refused.content.decode()
    assert "Say why" in refused.content.decode()
    assert Post.objects.get(pk=post.pk).reference == "B-1"
    assert hr.post(address, sent | {"change_reason": "The budget book says B-100"}).status_code == 302
    source = source_of_last(Post, post.pk)
    assert source.reason == "The budget book says B-100"
    page = hr.get(reverse("history:record", args=[force.slug, "workforce.post", post.pk])).content.decode()
    assert "Reason: The budget book says B-100" in page
    changes = hr.get(reverse("history:changes", args=[force.slug])).content.decode()
    assert "The budget book says B-100" in changes


def test_corrections_of_people_and_withdrawn_postings_say_why(hr, force):
    person = person_make(force)
    posting = posting_make(person, post_make(force))
    for name, pks in (("correct", [person.pk]), ("posting-withdraw", [person.pk, posting.pk])):
        address = reverse(f"people:{name}", args=[force.slug, *pks])
        sent = opened(hr, address)
        assert hr.post(address, sent | {"change_reason": ""}).status_code == 200
        assert person.postings.exists()
        sent |= {"given_names": "Robin"} if name == "correct" else {}
        assert hr.post(address, sent | {"change_reason": f"Told by pay: {name}"}).status_code == 302
    assert source_of_last(type(person), person.pk).reason == "Told by pay: correct"
    assert source_of_last(type(posting), posting.pk).reason == "Told by pay: posting-withdraw"


def test_a_program_says_why_in_a_header(hr, force):
    area = area_make(force)
    changed = hr.put(
        f"/api/v1/areas/{area.pk}/",
        {"force": force.slug, "code": "A1", "name": "Renamed"},
        content_type="application/json",
        headers={"If-Match": "*", "X-Change-Reason": "Names of the\t2016 review"},
    )
    assert changed.status_code == 200, changed.content
    assert source_of_last(type(area), area.pk).reason == "Names of the 2016 review"


def test_commands_tasks_and_raw_sql_say_what_they_are(force):
    area = area_make(force)
    assert source_of_last(type(area), area.pk).who.startswith("Database role ")

    @app.task(name="tests.area_rename")
    def area_rename() -> None:
        type(area).objects.filter(pk=area.pk).update(name="By a task")

    area_rename()
    assert source_of_last(type(area), area.pk).where == "Task area_rename"
    with pghistory.context(command="tidy_areas"):
        type(area).objects.filter(pk=area.pk).update(name="By a command")
    assert source_of_last(type(area), area.pk).who == "Command tidy_areas"


def test_a_command_names_itself(force):
    call_command("load_reference", verbosity=0)
    rank = Rank.objects.filter(force__isnull=True).latest("pk")
    assert source_of_last(Rank, rank.pk).who == "Command load_reference"
