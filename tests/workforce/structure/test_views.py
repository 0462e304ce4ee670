"""Pages of the structure: who reads, who writes, and that a list is its download."""

import csv

import pytest
from django.urls import reverse

from peelsite.accounts.permissions import Role as UserRole
from peelsite.forces.models import Area, Force, Unit
from tests import factories
from tests.query_counts import query_count
from workforce.establishment.models import Rank
from workforce.structure.kinds import KINDS

pytestmark = pytest.mark.django_db

KIND_NAMES = [kind.name for kind in KINDS]


@pytest.fixture
def force():
    force = factories.force_make("Testshire")
    area = factories.area_make(force, name="North ground")
    crime = factories.unit_make(force, "Crime", area=area)
    factories.unit_make(force, "Fraud", parent=crime)
    factories.rank_make(force, "CLERK")
    factories.post_make(force, "P-1")
    return force


def signed_in(client, force, role=UserRole.HR):
    client.force_login(factories.user_make(role, force))
    return client


def href(name, force, *arguments):
    return reverse(f"structure:{name}", args=[force.slug, *arguments])


def sent(client, address, **values):
    """The form at an address as a browser would send it, with `values` typed in."""
    form = client.get(address).context["form"]
    data = {}
    for field in form:
        value = field.value()
        data[field.html_name] = "" if value is None else value
    return client.post(address, data | values)


@pytest.mark.parametrize("kind", KINDS, ids=KIND_NAMES)
def test_everybody_reads_and_only_hr_is_offered_to_write(client, force, kind):
    row = kind.rows(force, factories.START).exclude(force=None).first()
    for role, writes in ((UserRole.HR, True), (UserRole.ANALYST, False)):
        signed_in(client, force, role)
        listed = client.get(href(kind.path, force))
        assert (href(f"{kind.name}-create", force) in listed.content.decode()) is writes
        page = client.get(href(kind.name, force, row.pk))
        assert page.status_code == 200
        assert (href(f"{kind.name}-change", force, row.pk) in page.content.decode()) is writes


@pytest.mark.parametrize("kind", KINDS, ids=KIND_NAMES)
def test_a_list_downloads_as_shown(client, force, kind):
    answer = signed_in(client, force).get(href(kind.path, force), {"download": "csv"})
    rows = list(csv.reader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()))
    assert len(rows) == 1 + kind.rows(force, factories.START).count()


def test_hr_adds_changes_and_removes_an_area(client, force):
    hr = signed_in(client, force)
    answer = sent(hr, href("area-create", force), name="South ground", code="SO")
    area = Area.objects.get(code="SO")
    assert answer.headers["Location"] == href("area", force, area.pk)
    sent(hr, href("area-change", force, area.pk), name="South and east")
    area.refresh_from_db()
    assert area.name == "South and east"
    assert sent(hr, href("area-remove", force, area.pk)).status_code == 302
    assert not Area.objects.filter(pk=area.pk).exists()


def test_what_is_leant_on_offers_no_removal_and_refuses_it(client, force):
    hr, area = signed_in(client, force), Area.objects.get(code="A1")
    page = hr.get(href("area", force, area.pk)).content.decode()
    assert "It cannot be removed: 1 unit names it" in page
    assert href("area-remove", force, area.pk) not in page
    answer = sent(hr, href("area-remove", force, area.pk))
    assert "North ground cannot be removed: 1 unit names it" in answer.content.decode()


def test_hr_adds_moves_and_closes_a_unit(client, force):
    hr, crime = signed_in(client, force), Unit.objects.get(name="Crime")
    fraud = Unit.objects.get(name="Fraud")
    offered = hr.get(href("unit-create", force), {"under": crime.pk})
    assert offered.context["form"]["parent"].value() == str(crime.pk)
    sent(hr, href("unit-create", force), name="Desk", code="DESK", parent=fraud.pk)
    desk = Unit.objects.get(name="Desk")
    assert desk.level == "team"
    sent(hr, href("unit-move", force, desk.pk), parent=crime.pk)
    desk.refresh_from_db()
    assert (desk.level, desk.parent_id) == ("department", crime.pk)
    day = {"closed_on_day": "1", "closed_on_month": "4", "closed_on_year": "2016"}
    sent(hr, href("unit-close", force, desk.pk), **day)
    desk.refresh_from_db()
    assert str(desk.closed_on) == "2016-04-01"
    listed = hr.get(href("units", force), {"state": "closed"})
    assert [unit.name for unit in listed.context["list_page"].table.data.data] == ["Desk"]


def test_a_closed_unit_is_not_offered_for_posts(client, force):
    hr, fraud = signed_in(client, force), Unit.objects.get(name="Fraud")
    fraud.closed_on = factories.START
    fraud.save()
    form = hr.get(reverse("establishment:post-create", args=[force.slug])).context["form"]
    assert [unit.name for unit in form.fields["unit"].queryset] == ["Crime"]


def test_national_ranks_are_shown_and_not_changed(client, force):
    hr, constable = signed_in(client, force), Rank.objects.get(code="CON")
    page = hr.get(href("rank", force, constable.pk)).content.decode()
    assert "National ranks and grades are the same in every force" in page
    assert hr.get(href("rank-change", force, constable.pk)).status_code == 404


def test_units_are_narrowed_by_what_they_are_under(client, force):
    hr, crime = signed_in(client, force), Unit.objects.get(name="Crime")
    factories.unit_make(force, "Ops")
    listed = hr.get(href("units", force), {"under": crime.pk, "q": "frau"})
    assert [unit.name for unit in listed.context["list_page"].table.data.data] == ["Fraud"]


def test_the_administrator_changes_the_settings(client, force):
    address = href("settings", force)
    assert signed_in(client, force).get(address).status_code == 403
    administrator = signed_in(client, force, UserRole.ADMINISTRATOR)
    sent(administrator, address, leave_year_starts_month="9", week_starts_on="7")
    held = Force.objects.get(pk=force.pk)
    assert (held.leave_year_starts_month, held.week_starts_on) == (9, 7)
    assert "1 September" in administrator.get(href("structure", force)).content.decode()


def test_the_second_of_two_clerks_is_told(client, force):
    hr, area = signed_in(client, force), Area.objects.get(code="A1")
    address = href("area-change", force, area.pk)
    base = hr.get(address).context["form"]["base"].value()
    Area.objects.filter(pk=area.pk).update(name="Their name")
    answer = hr.post(address, {"name": "My name", "code": "A1", "base": base})
    assert answer.status_code == 409
    assert "Their name" in answer.content.decode()
    assert Area.objects.get(pk=area.pk).name == "Their name"


def test_queries_do_not_grow_with_the_units(client, force):
    hr = signed_in(client, force)
    names = ["structure", "units", "areas", "locations", "ranks", "roles", "funding-sources"]
    for name in names:
        hr.get(href(name, force))
        with query_count(f"structure:{name}"):
            hr.get(href(name, force))
    crime = Unit.objects.get(name="Crime")
    for number in range(40):
        factories.unit_make(force, f"Department {number}", parent=crime)
        factories.area_make(force, f"X{number}")
        factories.location_make(force, f"Place {number}")
        factories.role_make(force, f"Role {number}")
        factories.funding_make(force, f"Grant {number}")
        factories.rank_make(force, f"G{number}")
    for name in names:
        with query_count(f"structure:{name}"):
            hr.get(href(name, force))
    with query_count("structure:unit"):
        hr.get(href("unit", force, crime.pk))
