"""How long a journey takes: estimated from the map, unless the force knows better."""

import math
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from peelsite.accounts.permissions import Role
from peelsite.forces.models import Location
from tests import factories
from tests.query_counts import query_count
from workforce.travel.calc import DETOUR_FACTOR, minutes_estimated, minutes_table, straight_line_km
from workforce.travel.models import TravelTime
from workforce.travel.selectors import minutes_between
from workforce.travel.services import travel_time_change, travel_time_create, travel_time_remove

WATFORD, HATFIELD = (51.6560, -0.3960), (51.7630, -0.2260)


def placed(force, name, at, **fields):
    latitude, longitude = (Decimal(str(degrees)) for degrees in at)
    return factories.location_make(force, name, latitude=latitude, longitude=longitude, **fields)


def test_the_straight_line_is_that_of_the_globe():
    """One degree of latitude is 111.2 km anywhere; of longitude, the cosine of the latitude of that."""
    assert straight_line_km((51, 0), (52, 0)) == pytest.approx(111.195, abs=0.01)
    assert straight_line_km((51, 0), (51, 1)) == pytest.approx(
        111.195 * math.cos(math.radians(51)), rel=0.001
    )
    assert straight_line_km(WATFORD, HATFIELD) == straight_line_km(HATFIELD, WATFORD)


def test_minutes_are_the_road_at_two_speeds():
    road = straight_line_km(WATFORD, HATFIELD) * DETOUR_FACTOR
    assert road == pytest.approx(23.4, abs=0.2)
    assert minutes_estimated(WATFORD, HATFIELD) == math.ceil(15 / 40 * 60 + (road - 15) / 70 * 60)
    assert minutes_estimated(WATFORD, WATFORD) == 0
    assert minutes_estimated(WATFORD, (51.6561, -0.3960)) == 1


def test_the_table_holds_both_ways_and_leaves_out_what_is_not_known():
    table = minutes_table({1: WATFORD, 2: HATFIELD}, [(2, 3, 12)])
    assert table[1, 2] == table[2, 1] == minutes_estimated(WATFORD, HATFIELD)
    assert (table[1, 1], table[2, 3], table[3, 2]) == (0, 12, 12)
    assert (1, 3) not in table


@pytest.mark.django_db
def test_the_forces_own_minutes_stand_before_the_estimate(django_assert_num_queries):
    force = factories.force_make()
    one, other = placed(force, "Watford", WATFORD), placed(force, "Hatfield", HATFIELD)
    factories.location_make(force, "Nowhere")
    elsewhere = placed(factories.force_make("Elsewhere"), "Far", HATFIELD)
    with django_assert_num_queries(2):
        minutes = minutes_between(force)
    estimate = minutes_estimated(WATFORD, HATFIELD)
    assert minutes[one.pk, other.pk] == estimate
    assert elsewhere.pk not in {pk for pair in minutes for pk in pair}
    entered = travel_time_create(origin=other, destination=one, minutes=estimate + 9, source="Duty cars")
    assert minutes_between(force)[one.pk, other.pk] == estimate + 9
    travel_time_change(travel_time=entered, minutes=7)
    assert minutes_between(force)[other.pk, one.pk] == 7
    travel_time_remove(travel_time=entered)
    assert minutes_between(force)[one.pk, other.pk] == estimate


@pytest.mark.django_db
def test_a_pair_is_entered_once_and_within_one_force():
    force = factories.force_make()
    one, other = factories.location_make(force, "One"), factories.location_make(force, "Other")
    travel_time_create(origin=one, destination=other, minutes=20)
    with pytest.raises(ValidationError, match="entered already"):
        travel_time_create(origin=other, destination=one, minutes=25)
    with pytest.raises(ValidationError, match="where the journey begins"):
        travel_time_create(origin=one, destination=one, minutes=5)
    elsewhere = factories.location_make(factories.force_make("Elsewhere"), "Far")
    with pytest.raises(ValidationError, match="another force"):
        travel_time_create(origin=one, destination=elsewhere, minutes=25)
    with pytest.raises(IntegrityError), transaction.atomic():
        TravelTime.objects.create(force=force, origin=other, destination=one, minutes=25)


@pytest.mark.django_db
def test_a_location_has_both_coordinates_in_britain_or_neither():
    force = factories.force_make()
    for latitude, longitude in ((51, None), (None, 0), (0.4, 51), (51, 3)):
        with pytest.raises(IntegrityError, match="forces_location_on_the_map"), transaction.atomic():
            factories.location_make(force, latitude=latitude, longitude=longitude)
    location = placed(force, "Watford", WATFORD)
    assert Location.objects.get(pk=location.pk).latitude == Decimal("51.6560")


@pytest.mark.django_db
def test_hr_puts_a_location_on_the_map_and_reads_the_estimate(client):
    force = factories.force_make()
    placed(force, "Watford", WATFORD)
    other = factories.location_make(force, "Hatfield")
    client.force_login(factories.user_make(Role.HR, force))
    address = reverse("structure:location-change", args=[force.slug, other.pk])
    sent = {"name": "Hatfield", "code": other.code, "latitude": "51.763", "longitude": "-0.226"}
    base = client.get(address).context["form"]["base"].value()
    wrong = client.post(address, sent | {"base": base, "longitude": ""})
    assert "both or neither" in wrong.content.decode()
    assert client.post(address, sent | {"base": base}).status_code == 302
    page = client.get(reverse("travel:times", args=[force.slug])).content.decode()
    assert f"{minutes_estimated(WATFORD, HATFIELD)}</td>" in page
    assert "Nobody's home is known" in page


@pytest.mark.django_db
def test_hr_enters_and_removes_minutes_and_others_only_read(client):
    force = factories.force_make()
    one, other = factories.location_make(force, "One"), factories.location_make(force, "Other")
    hr, analyst = factories.user_make(Role.HR, force), factories.user_make(Role.ANALYST, force)
    client.force_login(hr)
    add = reverse("travel:time-add", args=[force.slug])
    sent = {"origin": one.pk, "destination": other.pk, "minutes": "22", "source": "Duty cars"}
    assert client.post(add, sent).status_code == 302
    entered = TravelTime.objects.get()
    page = client.get(reverse("travel:times", args=[force.slug])).content.decode()
    assert "own: Duty cars" in page
    assert reverse("travel:time-remove", args=[force.slug, entered.pk]) in page
    client.force_login(analyst)
    assert (
        "Enter a travel time" not in client.get(reverse("travel:times", args=[force.slug])).content.decode()
    )
    assert client.get(add).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("locations", [2, 40])
def test_queries_do_not_grow_with_the_locations(client, locations):
    force = factories.force_make()
    for number in range(locations):
        placed(force, f"Place {number}", (51 + number / 100, 0))
    client.force_login(factories.user_make(Role.HR, force))
    client.get(reverse("travel:times", args=[force.slug]))
    with query_count("travel:times"):
        client.get(reverse("travel:times", args=[force.slug]))


@pytest.mark.django_db
def test_programs_read_all_minutes_and_enter_their_own(client):
    force = factories.force_make()
    one, other = placed(force, "Watford", WATFORD), placed(force, "Hatfield", HATFIELD)
    client.force_login(factories.user_make(Role.HR, force))
    between = reverse("travel-time-between")
    rows = client.get(between, {"force": force.slug}).json()
    assert [row["is_estimate"] for row in rows] == [True, True]
    sent = {"origin": one.pk, "destination": other.pk, "minutes": 31}
    made = client.post(reverse("travel-time-list"), sent, content_type="application/json")
    assert made.status_code == 201
    rows = client.get(between, {"force": force.slug}).json()
    assert [(row["minutes"], row["is_estimate"]) for row in rows] == [(31, False), (31, False)]
    assert client.get(between, {"force": "another"}).json() == []
