"""The way in, and what each role finds waiting."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from peelsite.accounts.models import Membership
from peelsite.accounts.permissions import ROLES_OF_A_UNIT, Role
from peelsite.imports.models import ImportBatch, ImportState
from tests.factories import (
    force_make,
    partner_make,
    person_make,
    post_make,
    posting_make,
    signed_in,
    unit_make,
    user_make,
)

pytestmark = pytest.mark.django_db


def batch_make(force, **fields) -> ImportBatch:
    fields = {"target": "posts", "file_name": "march.xlsx", "digest": "0" * 64, "size": 10} | fields
    return ImportBatch.objects.create(force=force, state=ImportState.READY, **fields)


def test_one_force_opens_at_once():
    force = force_make()
    answer = signed_in(user_make(Role.HR, force)).get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/testshire/")


def test_two_forces_are_chosen_from():
    one, two = force_make(), force_make("Otherset")
    user = user_make(Role.HR, one)
    Membership.objects.create(user=user, force=two, role=Role.FINANCE)
    html = signed_in(user).get("/").content.decode()
    assert 'href="/testshire/"' in html
    assert 'href="/otherset/"' in html


def test_nobodys_member_is_told_whom_to_ask():
    user = user_make(None)
    html = signed_in(user).get("/").content.decode()
    assert "no role in a force yet" in html
    assert user.email in html


def test_strangers_and_the_anonymous():
    force = force_make()
    assert signed_in(user_make(Role.HR, force_make("Otherset"))).get("/testshire/").status_code == 404
    answer = Client().get("/testshire/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/testshire/")
    assert Client().get("/")["Location"] == "/accounts/login/?next=/"
    assert force.name == "Testshire"


@pytest.mark.parametrize("role", [role for role in Role.values if role not in ROLES_OF_A_UNIT])
def test_every_role_has_a_start_page(role):
    force = force_make()
    assert signed_in(user_make(role, force)).get("/testshire/").status_code == 200


def test_a_partner_is_shown_no_figure_of_the_whole_force():
    force = force_make()
    unit = unit_make(force)
    posting_make(person_make(force), post_make(force, unit=unit))
    partner = user_make(Role.PARTNER, force, unit=unit)
    partner_make(partner, unit)
    answer = signed_in(partner).get("/testshire/")
    assert answer.status_code == 200
    assert answer.context["standing"].figures == []
    links = answer.content.decode()
    assert 'href="/testshire/establishment/"' in links
    assert 'href="/testshire/people/"' in links


def test_an_import_waits_for_hr_and_for_nobody_else():
    force = force_make()
    batch_make(force)
    batch_make(force_make("Otherset"), file_name="theirs.xlsx")
    html = signed_in(user_make(Role.HR, force)).get("/testshire/").content.decode()
    assert "Finish the import of march.xlsx" in html
    assert "theirs.xlsx" not in html
    other = signed_in(user_make(Role.CHIEF_OFFICER, force)).get("/testshire/").content.decode()
    assert "march.xlsx" not in other


def test_figures_are_of_the_opening_day():
    force = force_make(opening_day=date(2016, 3, 31))
    posting_make(person_make(force), post_make(force), ends_before=date(2016, 4, 1))
    post_make(force, starts_on=date(2016, 4, 1))
    html = signed_in(user_make(Role.HR, force)).get("/testshire/").content.decode()
    assert "Testshire on 31 March 2016" in html
    assert "Its people are invented" in html
    assert html.count("1.0</a>") == 2
    force.opening_day = None
    force.save()
    today = signed_in(user_make(Role.HR, force)).get("/testshire/").content.decode()
    assert "Its people are invented" not in today
    assert f"Testshire on {timezone.localdate():%-d %B %Y}" in today


def test_the_cost_does_not_grow_with_what_waits():
    force = force_make()
    client = signed_in(user_make(Role.HR, force))
    batch_make(force)
    client.get("/testshire/")
    with CaptureQueriesContext(connection) as few:
        client.get("/testshire/")
    for day in range(5):
        batch_make(force, uploaded_at=timezone.now() - timedelta(days=day))
        posting_make(person_make(force), post_make(force))
    with CaptureQueriesContext(connection) as many:
        client.get("/testshire/")
    assert len(many) == len(few)
