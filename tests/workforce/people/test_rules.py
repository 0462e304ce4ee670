"""What the database refuses of postings, by whichever way they come, and the sentences that say so."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests import factories
from workforce.people import services
from workforce.people.models import Posting

DAY = factories.START + timedelta(days=100)


def after(days):
    return DAY + timedelta(days=days)


@pytest.fixture
def force(db):
    return factories.force_make()


def refusal(call, **arguments):
    with pytest.raises(ValidationError) as refused:
        call(**arguments)
    return refused.value.message_dict


def test_overlapping_substantive_postings_are_refused(force):
    person = factories.person_make(force, "1187")
    first, second = factories.post_make(force, "B-1"), factories.post_make(force, "B-2")
    services.posting_create(person=person, post=first, starts_on=DAY, ends_before=after(10))
    errors = refusal(services.posting_create, person=person, post=second, starts_on=after(9))
    assert errors == {
        "starts_on": [
            (
                "Alex Sample (1187) already holds post B-1 from 10 July 2010 to 19 July 2010. "
                "End that posting first, or choose dates that do not overlap."
            )
        ]
    }
    # Half-open: the day the first ends is free.
    services.posting_create(person=person, post=second, starts_on=after(10))


def test_an_overfilled_post_is_refused_unless_supernumerary(force):
    post = factories.post_make(force, "B-1")
    people = [factories.person_make(force, number) for number in ("1", "2", "3")]
    services.posting_create(person=people[0], post=post, starts_on=DAY, fte=Decimal("0.6"))
    errors = refusal(services.posting_create, person=people[1], post=post, starts_on=DAY, fte=Decimal("0.5"))
    assert errors["post"][0].startswith(
        "Post B-1 is 1 FTE and would be filled with 1.1 FTE on 10 July 2010, by 1, 2. Mark one of them"
    )
    services.posting_create(person=people[1], post=post, starts_on=DAY, fte=Decimal("0.4"))
    services.posting_create(person=people[2], post=post, starts_on=DAY, is_supernumerary=True)


def test_an_acting_holder_may_be_covered_and_does_not_come_back_early(force):
    own, cover = factories.post_make(force, "OWN"), factories.post_make(force, "COVER", rank="SGT")
    holder, stand_in = factories.person_make(force, "1"), factories.person_make(force, "2")
    services.posting_create(person=holder, post=own, starts_on=DAY)
    acting = services.posting_create(
        person=holder, post=cover, kind="acting", starts_on=after(10), ends_before=after(40)
    )
    services.posting_create(person=stand_in, post=own, starts_on=after(10), ends_before=after(40))
    errors = refusal(services.posting_end, posting=acting, ends_before=after(20))
    assert errors["post" if "post" in errors else "__all__"][0].startswith(
        "Post OWN is 1 FTE and would be filled with 2 FTE on 30 July 2010"
    )
    acting.refresh_from_db()
    assert acting.during.upper == after(40)
    assert refusal(services.posting_withdraw, posting=acting)


def test_a_posting_stays_within_post_and_employment(force):
    person = factories.person_make(force, "7", joined=DAY, left_before=after(100))
    short = factories.post_make(force, "SHORT", ends_before=after(50))
    errors = refusal(services.posting_create, person=person, post=short, starts_on=DAY)
    assert errors["starts_on"][0].startswith("The posting of 7 in post SHORT runs from 10 July 2010 onwards")
    errors = refusal(
        services.posting_create, person=person, post=factories.post_make(force, "LONG"), starts_on=DAY
    )
    assert "but 7 is employed from 10 July 2010 to" in errors["starts_on"][0]


def test_a_posting_joins_rows_of_one_force(force):
    other = factories.force_make("Otherford")
    with pytest.raises(ValidationError, match="joins rows of different forces"):
        services.posting_create(
            person=factories.person_make(force, "7"), post=factories.post_make(other), starts_on=DAY
        )


def test_raw_sql_is_held_to_the_same_rules(force):
    post = factories.post_make(force)
    for number in range(2):
        factories.person_make(force, f"R{number}")
    with pytest.raises(Exception, match="would be filled with 2 FTE"), connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO workforce_posting
                   (force_id, person_id, post_id, kind, fte, during, is_supernumerary, host)
               SELECT force_id, id, %s, 'substantive', 1, daterange('2012-01-01', NULL), false, ''
               FROM workforce_person WHERE force_id = %s""",
            [post.pk, force.pk],
        )


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_who_fill_one_post_exactly_one_succeeds():
    force = factories.force_make()
    post = factories.post_make(force, "ONE")
    people = [factories.person_make(force, f"T{number}") for number in range(4)]
    together = Barrier(len(people))

    def fill(person):
        together.wait(timeout=20)
        try:
            services.posting_create(person=person, post=post, starts_on=DAY)
        except ValidationError as refused:
            return str(refused)
        finally:
            connection.close()
        return "filled"

    with ThreadPoolExecutor(len(people)) as threads:
        said = list(threads.map(fill, people))
    assert said.count("filled") == 1
    assert all("Post ONE is 1 FTE" in answer for answer in said if answer != "filled")
    assert Posting.objects.filter(post=post).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_postings_of_one_person_at_once_exactly_one_succeeds():
    force = factories.force_make()
    person = factories.person_make(force, "T")
    posts = [factories.post_make(force, f"P{number}") for number in range(3)]
    together = Barrier(len(posts))

    def fill(post):
        together.wait(timeout=20)
        try:
            services.posting_create(person=person, post=post, starts_on=DAY)
        except ValidationError:
            return "refused"
        finally:
            connection.close()
        return "filled"

    with ThreadPoolExecutor(len(posts)) as threads:
        assert sorted(threads.map(fill, posts)) == ["filled", "refused", "refused"]
