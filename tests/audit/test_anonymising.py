"""Leavers whose time is up: their names go everywhere, every count stays, and the chain still adds up."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.apps import apps
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from peelsite.accounts.permissions import Role
from peelsite.audit.models import LegalHold, RetentionRule, RetentionRun, SensitiveRead
from peelsite.audit.retention.removal import FORMER
from peelsite.audit.retention.services import retention_apply
from peelsite.audit.services import SensitiveSubject, sensitive_read_record
from peelsite.audit.subject_access.services import access_request_close, access_request_record
from peelsite.history.models import HistoryRedaction
from peelsite.history.services import history_seal
from peelsite.history.verification import history_verify
from peelsite.imports.models import ImportBatch, ImportEffect, ImportRow
from tests.factories import force_make, person_make, post_make, posting_make, user_make
from workforce.establishment.selectors import establishment_as_at
from workforce.people.anonymising import NAME, about_people, free_texts, is_anonymous
from workforce.people.models import Absence, Person

pytestmark = pytest.mark.django_db

# A name that stands nowhere else: whatever still shows it after the removal has not forgotten.
SURNAME, GIVEN, NUMBER, LATER = "Quillfeatherby", "Ottoline", "ZQ7741", "ZQ7742"
WORDS = (SURNAME, GIVEN, NUMBER, LATER)
TODAY = date(2026, 6, 1)
WITHIN = date(2012, 6, 1)


@pytest.fixture
def force():
    return force_make()


@pytest.fixture
def rule(force) -> RetentionRule:
    return RetentionRule.objects.create(
        force=force,
        what="leavers",
        months=84,
        source="Test",
        valid_from=date(2020, 1, 1),
        is_confirmed=True,
    )


def leaver_make(force) -> Person:
    """Somebody who married, got a sign-in, was posted and ill, was read about, came by a file, and left."""
    person = person_make(force, NUMBER, family_name="Maidenly", given_names=GIVEN)
    posting_make(person, post_make(force, "B-1"), starts_on=date(2011, 1, 1), ends_before=date(2015, 1, 1))
    Absence.objects.create(
        force=force, person=person, kind="sickness", during=DateRange(date(2013, 1, 1), date(2013, 3, 1))
    )
    batch = ImportBatch.objects.create(
        force=force, target="people", file_name="people.csv", digest="0" * 64, size=1, state="loaded"
    )
    ImportRow.objects.create(batch=batch, row_no=7, outcome="new", key=NUMBER, label=f"{GIVEN} {SURNAME}")
    ImportEffect.objects.create(
        batch=batch, table="workforce_person", row_id=person.pk, before={"family_name": SURNAME}
    )
    person.family_name, person.number, person.import_id = SURNAME, LATER, batch.pk
    person.user = user_make(Role.EMPLOYEE, force)
    person.save()
    person.employed = DateRange(person.employed.lower, date(2015, 1, 1))
    person.leaving_reason = "retired"
    person.save()
    return person


def read_make(force, *people: Person) -> SensitiveRead:
    return sensitive_read_record(
        user=user_make(Role.HR, force),
        force=force,
        kind="health_list",
        reason="Review of long absences",
        subjects=[SensitiveSubject(person.pk, str(person)) for person in people],
        path="/x/",
        request_id="abc",
    )


def tables_telling(words=WORDS) -> dict[str, int]:
    """Every table of the database with a row in whose text one of the words stands, and how many rows."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS kept WHERE kept::text ~* %s', ["|".join(words)]
            )
            (count,) = cursor.fetchone()
            if count:
                found[table] = count
    return found


def counts_on(force, day: date) -> tuple:
    total = establishment_as_at(force, day).total
    return total.establishment_fte, total.strength_fte, total.vacant_fte, total.vacant_posts


def test_the_name_is_in_no_table_any_more_and_the_chain_adds_up(force, rule):
    person = leaver_make(force)
    colleague = person_make(force, "1", family_name="Staying")
    old = read_make(force, person, colleague)
    assert history_seal()
    before = counts_on(force, WITHIN)
    assert {
        "workforce_person",
        "workforce_personevent",
        "audit_sensitiveread",
        "imports_importrow",
        "imports_importeffect",
    } <= set(tables_telling())
    run = retention_apply(rule=rule, day=TODAY)
    assert run.removed == 1
    assert tables_telling() == {}
    found = history_verify()
    assert found.is_sound, found.faults
    history_seal()
    assert history_verify().is_sound
    assert counts_on(force, WITHIN) == before
    person.refresh_from_db()
    assert (person.family_name, person.given_names, person.user, person.import_id) == (NAME, "", None, None)
    assert (person.employed.upper, person.leaving_reason) == (date(2015, 1, 1), "retired")
    assert person.postings.count() == person.absences.count() == 1
    (read,) = SensitiveRead.objects.exclude(pk=old.pk)
    assert read.labels == [FORMER, str(colleague)]
    assert (read.user_id, read.reason, read.at) == (old.user_id, old.reason, old.at)
    assert read.person_ids == old.person_ids
    # One version is left: the one that took the name away. The proof tells of all that went.
    assert Person.pgh_event_model.objects.filter(pgh_obj_id=person.pk).count() == 1
    assert HistoryRedaction.objects.filter(table="workforce_personevent").count() == run.history_rows - 1
    assert retention_apply(rule=rule, day=TODAY) is None, "once only"


def test_a_second_person_in_the_same_read_goes_later(force, rule):
    one = leaver_make(force)
    two = person_make(force, "2", family_name="Secondly")
    read_make(force, one, two)
    retention_apply(rule=rule, day=TODAY)
    two.employed = DateRange(two.employed.lower, date(2016, 1, 1))
    two.save()
    retention_apply(rule=rule, day=TODAY)
    assert SensitiveRead.objects.get().labels == [FORMER, FORMER]
    assert tables_telling((*WORDS, "Secondly")) == {}
    assert history_verify().is_sound


def test_a_version_slipped_back_in_is_found(force, rule):
    person = leaver_make(force)
    retention_apply(rule=rule, day=TODAY)
    gone = HistoryRedaction.objects.filter(table="workforce_personevent").first().row_id
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO workforce_personevent (pgh_id, pgh_created_at, pgh_label, pgh_obj_id, id, force_id,"
            " number, family_name, given_names, employed, leaving_reason)"
            " SELECT %s, now(), 'insert', id, id, force_id, number, %s, '', employed, leaving_reason"
            " FROM workforce_person WHERE id = %s",
            [gone, SURNAME, person.pk],
        )
    assert "as the rules of retention left it" in history_verify().faults[0].sentence


def test_who_stays_or_left_lately_is_left_alone(force, rule):
    staying = person_make(force, "1", family_name="Staying")
    lately = person_make(force, "2", family_name="Lately")
    lately.employed = DateRange(lately.employed.lower, date(2020, 1, 1))
    lately.save()
    elsewhere = leaver_make(force_make("Otherset"))
    assert retention_apply(rule=rule, day=TODAY) is None
    assert not Person.objects.filter(is_anonymous()).exists()
    assert {staying.family_name, lately.family_name, elsewhere.family_name} == set(
        Person.objects.values_list("family_name", flat=True)
    )


def test_a_legal_hold_keeps_the_name(force, rule):
    person = leaver_make(force)
    hold = LegalHold.objects.create(
        force=force,
        person_id=person.pk,
        reason="Claim",
        held_by=user_make(Role.HR, force),
        held_from=date(2021, 1, 1),
    )
    assert retention_apply(rule=rule, day=TODAY) is None
    hold.until = date(2026, 5, 31)
    hold.save()
    assert retention_apply(rule=rule, day=TODAY).removed == 1


def test_what_is_asked_for_is_not_destroyed(force, rule):
    """Data Protection Act 2018, section 173."""
    person, hr, today = leaver_make(force), user_make(Role.HR, force), timezone.localdate()
    request = access_request_record(
        force=force,
        person_id=person.pk,
        received_on=today,
        asked_by="The person",
        reason="Everything",
        user=hr,
    )
    assert retention_apply(rule=rule, day=TODAY) is None
    access_request_close(request=request, state="withdrawn", closed_on=today, outcome="Told by letter")
    assert retention_apply(rule=rule, day=TODAY).removed == 1


def test_the_number_left_says_nothing_of_the_one_before(force, rule):
    people = []
    for number in ("100", "101", "102"):
        person = person_make(force, number, family_name=SURNAME)
        person.employed = DateRange(person.employed.lower, date(2015, 1, 1))
        person.save()
        people.append(person.pk)
    assert retention_apply(rule=rule, day=TODAY).removed == 3
    left = list(Person.objects.filter(pk__in=people).values_list("number", flat=True))
    assert len(set(left)) == 3
    assert not any("10" in number[:5] for number in left)


def test_records_about_a_person_are_found_from_the_models():
    found = {model._meta.label for model in about_people()}
    naming = {
        model._meta.label for model in apps.get_models() if getattr(model, "history_subject", "") == "person"
    } - {"audit.SubjectAccessRequest"}
    assert found == naming
    assert {"workforce.Absence", "workforce.LimitedDuty"} <= found
    assert all(field.blank for model in about_people() for field in free_texts(model))


def test_the_proof_itself_names_nobody(force, rule):
    leaver_make(force)
    run = retention_apply(rule=rule, day=TODAY)
    line = StringIO()
    csv.writer(line).writerow(RetentionRun.objects.filter(pk=run.pk).values_list()[0])
    assert not any(word in line.getvalue() for word in WORDS)
    assert len(run.digest) == 64
    assert run.seal > 0
