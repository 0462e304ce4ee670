"""Joining, moving, leaving, absence and limited duties."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from peelsite.web.editing.records import SeenVersion
from tests import factories
from workforce.people import services

pytestmark = pytest.mark.django_db
DAY = factories.START + timedelta(days=100)


def after(days):
    return DAY + timedelta(days=days)


@pytest.fixture
def force():
    return factories.force_make()


def test_a_number_stands_once_in_a_force(force):
    services.person_create(force=force, number="7", family_name="A", employed_from=DAY)
    with pytest.raises(ValidationError) as refused:
        services.person_create(force=force, number="7", family_name="B", employed_from=DAY)
    assert refused.value.message_dict == {"number": ["This force already has a person with this number."]}
    services.person_create(
        force=factories.force_make("Otherford"), number="7", family_name="B", employed_from=DAY
    )


def test_leaving_ends_everything_that_runs(force):
    person = factories.person_make(force)
    posting = factories.posting_make(person, factories.post_make(force))
    absence = services.absence_record(person=person, kind="sickness", starts_on=DAY)
    duty = services.limited_duty_record(person=person, kind="adjusted", starts_on=DAY)
    services.person_leave(person=person, leaves_before=after(30), reason="retired")
    person.refresh_from_db()
    assert (person.employed.upper, person.leaving_reason) == (after(30), "retired")
    for row in (posting, absence, duty):
        row.refresh_from_db()
        assert row.during.upper == after(30)


def test_leaving_is_refused_while_something_begins_later(force):
    person = factories.person_make(force)
    factories.posting_make(person, factories.post_make(force), starts_on=after(60))
    with pytest.raises(ValidationError) as refused:
        services.person_leave(person=person, leaves_before=after(30), reason="retired")
    assert "begins only later" in refused.value.message_dict["leaves_before"][0]
    person.refresh_from_db()
    assert person.employed.upper is None


def test_a_move_ends_the_present_posting_and_keeps_its_fte(force):
    person = factories.person_make(force)
    old = factories.posting_make(person, factories.post_make(force, "A"), fte="0.8")
    new = services.person_move(person=person, post=factories.post_make(force, "B"), starts_on=DAY)
    old.refresh_from_db()
    assert (old.during.upper, new.during.lower, str(new.fte)) == (DAY, DAY, "0.8000")


def test_a_refused_move_leaves_the_present_posting_as_it_was(force):
    person = factories.person_make(force)
    old = factories.posting_make(person, factories.post_make(force, "A"))
    full = factories.post_make(force, "B")
    factories.posting_make(factories.person_make(force), full)
    with pytest.raises(ValidationError):
        services.person_move(person=person, post=full, starts_on=DAY)
    old.refresh_from_db()
    assert old.during.upper is None
    with pytest.raises(ValidationError, match="already holds post A"):
        services.person_move(person=person, post=old.post, starts_on=DAY)


def test_an_absence_lies_within_employment(force):
    person = factories.person_make(force, joined=DAY, left_before=after(50))
    with pytest.raises(ValidationError, match="is not employed on this day"):
        services.absence_record(person=person, kind="study", starts_on=after(-1))
    absence = services.absence_record(person=person, kind="study", starts_on=after(20))
    assert absence.during.upper == after(50)
    with pytest.raises(ValidationError) as refused:
        services.absence_record(person=person, kind="study", starts_on=after(30))
    assert "starts_on" in refused.value.message_dict
    services.absence_end(absence=absence, ends_before=after(30))
    services.absence_record(person=person, kind="study", starts_on=after(30))


@pytest.mark.parametrize(
    ("lasts", "asked", "is_long_term"),
    [(29, 0, True), (28, 27, False), (None, 27, False), (None, 28, True)],
)
def test_long_term_is_more_than_28_days(force, lasts, asked, is_long_term):
    person = factories.person_make(force)
    services.absence_record(
        person=person, kind="sickness", starts_on=DAY, ends_before=after(lasts) if lasts else None
    )
    assert person.absences.long_term_at(after(asked)).exists() is is_long_term


def test_a_stale_version_is_refused(force):
    posting = factories.posting_make(factories.person_make(force), factories.post_make(force))
    with pytest.raises(ValidationError, match="Someone else changed this record") as refused:
        services.posting_end(posting=posting, ends_before=DAY, seen=SeenVersion(frozenset({"0" * 16})))
    assert refused.value.code == "changed"
