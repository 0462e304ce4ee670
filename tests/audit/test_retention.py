"""Retention: what is due goes with its history and leaves proof; what is held stays; the chain adds up."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from peelsite.accounts.permissions import Role
from peelsite.audit.models import LegalHold, RetentionRule, RetentionRun
from peelsite.audit.retention.calc import months_before
from peelsite.audit.retention.registry import all_classes
from peelsite.audit.retention.selectors import due_by, rules_on
from peelsite.audit.retention.services import retention_apply, retention_rules_load
from peelsite.history.models import HistoryRedaction
from peelsite.history.services import history_seal
from peelsite.history.verification import history_verify
from tests.audit.test_sensitive_reads import read_make
from tests.factories import force_make, person_make, user_make
from workforce.people.models import Absence

TODAY = date(2016, 3, 31)


@pytest.fixture
def force(db):
    return force_make()


def absence_make(force, last: date | None, **fields) -> Absence:
    person = fields.get("person") or person_make(force, joined=date(2001, 1, 1))
    during = DateRange(date(2002, 1, 1), last)
    return Absence.objects.create(force=force, person=person, kind="sickness", during=during)


def rule_make(force, what="absences", **fields) -> RetentionRule:
    fields = {"months": 72, "source": "Test", "valid_from": date(2010, 1, 1), "is_confirmed": True} | fields
    return RetentionRule.objects.create(force=force, what=what, **fields)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2016, 3, 31), 1, date(2016, 2, 29)),
        (date(2016, 3, 31), 72, date(2010, 3, 31)),
        (date(2016, 1, 15), 1, date(2015, 12, 15)),
        (date(2016, 2, 29), 12, date(2015, 2, 28)),
    ],
)
def test_months_before_a_day(day, months, expected):
    assert months_before(day, months) == expected


def test_what_is_due_goes_with_its_history_and_leaves_proof(force):
    old, young, open_end = (absence_make(force, last) for last in (date(2010, 3, 31), date(2010, 4, 1), None))
    assert history_seal()
    run = retention_apply(rule=rule_make(force), day=TODAY)
    assert (run.removed, run.held, run.history_rows) == (1, 0, 2)
    assert set(Absence.objects.all()) == {young, open_end}
    event = Absence.pgh_event_model
    assert set(event.objects.values_list("pgh_obj_id", flat=True)) == {young.pk, open_end.pk}
    assert HistoryRedaction.objects.filter(table=event._meta.db_table).count() == 2
    assert old.pk not in event.objects.values_list("pgh_obj_id", flat=True)
    found = history_verify()
    assert found.is_sound, found.faults
    assert retention_apply(rule=rule_make(force, valid_from=date(2011, 1, 1)), day=TODAY) is None


def test_a_removal_that_no_proof_explains_breaks_the_chain(force):
    absence_make(force, date(2010, 3, 31))
    retention_apply(rule=rule_make(force), day=TODAY)
    history_seal()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE history_historyredaction DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM history_historyredaction")
        cursor.execute("ALTER TABLE history_historyredaction ENABLE TRIGGER USER")
    assert not history_verify().is_sound


def test_a_row_that_comes_back_is_found(force):
    kept = absence_make(force, None)
    absence_make(force, date(2010, 3, 31))
    retention_apply(rule=rule_make(force), day=TODAY)
    assert history_verify().is_sound
    removed = HistoryRedaction.objects.first().row_id
    table = Absence.pgh_event_model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (pgh_id, pgh_created_at, pgh_label, id, kind, during, force_id, person_id,"
            f" pgh_obj_id) SELECT %s, now(), 'insert', id, kind, during, force_id, person_id, id FROM"
            f" workforce_absence WHERE id = %s",
            [removed, kept.pk],
        )
    assert "as the rules of retention left it" in history_verify().faults[0].sentence


@pytest.mark.parametrize(
    ("hold", "removed"),
    [
        ({}, 0),
        ({"what": "absences"}, 0),
        ({"what": "limited_duties"}, 2),
        ({"person": True}, 1),
        ({"until": TODAY}, 2),
        ({"held_from": date(2016, 4, 1)}, 2),
    ],
)
def test_what_is_under_hold_stays(force, hold, removed):
    held, _ = absence_make(force, date(2009, 1, 1)), absence_make(force, date(2009, 1, 1))
    fields = {"reason": "Claim", "held_by": user_make(Role.HR, force), "held_from": date(2015, 1, 1)} | hold
    if fields.pop("person", False):
        fields["person_id"] = held.person_id
    LegalHold.objects.create(force=force, **fields)
    run = retention_apply(rule=rule_make(force), day=TODAY)
    assert (run.removed if run else 0) == removed
    assert Absence.objects.count() == 2 - removed
    if removed < 2:
        assert Absence.objects.filter(pk=held.pk).exists()


def test_sensitive_reads_are_removed_by_rule_only(force):
    read_make(force)
    run = retention_apply(rule=rule_make(force, "sensitive_reads", months=1), day=date(2030, 1, 1))
    assert (run.removed, run.history_rows) == (1, 0)
    assert history_verify().is_sound


def test_nothing_goes_before_the_force_confirms_the_period(force):
    absence_make(force, date(2009, 1, 1))
    rule = rule_make(force, is_confirmed=False)
    with pytest.raises(ValidationError, match="not confirmed"):
        retention_apply(rule=rule, day=TODAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        RetentionRule.objects.filter(pk=rule.pk).update(is_on=True)


def test_another_force_keeps_its_rows(force):
    theirs = absence_make(force_make("Otherset"), date(2009, 1, 1))
    assert retention_apply(rule=rule_make(force), day=TODAY) is None
    assert Absence.objects.get() == theirs


def test_the_reference_rules_are_loaded_once_unconfirmed_and_off(force):
    assert retention_rules_load(force=force) == len(all_classes())
    assert retention_rules_load(force=force) == 0
    rules = rules_on(force, TODAY)
    assert {rule.what for rule in rules} == {each.slug for each in all_classes()}
    assert not any(rule.is_on or rule.is_confirmed for rule in rules)
    assert all("to be confirmed by the force" in rule.source for rule in rules)


def test_the_newest_rule_of_a_class_holds(force):
    old, new = rule_make(force), rule_make(force, months=12, valid_from=date(2015, 1, 1))
    assert rules_on(force, TODAY) == [new]
    assert rules_on(force, date(2014, 12, 31)) == [old]


def test_the_dry_run_tells_and_removes_nothing(force, capsys):
    absence_make(force, date(2009, 1, 1))
    rule_make(force, is_on=True)
    asked = ["apply_retention", "--force", force.slug, "--as-at", "2016-03-31"]
    call_command(*asked, "--dry-run")
    told = capsys.readouterr().out
    assert "Absences before 31 March 2010: 1 due, 0 held" in told
    assert str(due_by(rules_on(force, TODAY)[0], TODAY).rows.first()) in told
    assert Absence.objects.count() == 1
    assert not RetentionRun.objects.exists()
    call_command(*asked)
    assert "1 removed, proof" in capsys.readouterr().out
    assert not Absence.objects.exists()
