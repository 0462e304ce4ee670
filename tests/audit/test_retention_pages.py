"""Rules and holds as people look after them: added, changed, tried out, applied, proved."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils import timezone

from peelsite.accounts.models import Membership
from peelsite.accounts.permissions import Role
from peelsite.audit.models import LegalHold, RetentionRule, RetentionRun
from peelsite.audit.retention.services import RETENTION_JOB
from peelsite.history.verification import history_verify
from peelsite.jobs.models import Job
from peelsite.jobs.services import job_run
from tests.editing.pages import opened
from tests.factories import force_make, person_make, signed_in, user_make
from tests.history.test_tracked import source_of_last
from tests.query_counts import query_count
from workforce.people.models import Absence

pytestmark = pytest.mark.django_db


@pytest.fixture
def force():
    return force_make()


@pytest.fixture
def hr(force):
    return user_make(Role.HR, force)


def url(name: str, force, *args) -> str:
    return reverse(f"history:{name}", args=[force.slug, *args])


def rule_make(force, **fields) -> RetentionRule:
    given = {"what": "absences", "months": 72, "source": "Test", "valid_from": date(2010, 1, 1)} | fields
    return RetentionRule.objects.create(force=force, **given)


def run_make(rule: RetentionRule) -> RetentionRun:
    given = {"removed": 1, "held": 0, "history_rows": 1, "digest": "a" * 64, "seal": 1}
    return RetentionRun.objects.create(force=rule.force, rule=rule, before=date(2010, 1, 1), **given)


def absence_make(force) -> Absence:
    person = person_make(force, joined=date(2001, 1, 1), family_name="Plainlyinvented")
    return Absence.objects.create(
        force=force, person=person, kind="sickness", during=DateRange(date(2002, 1, 1), date(2003, 1, 1))
    )


def test_a_rule_is_added_confirmed_and_switched_on(force, hr):
    client = signed_in(hr)
    new = url("retention-rule-new", force)
    sent = opened(client, new) | {"what": "absences", "months": "72", "source": "Force decision 12"}
    too_early = client.post(new, sent | {"is_on": "on"})
    assert "only once the force has confirmed" in too_early.content.decode()
    assert "see here what it would remove" in client.post(new, sent, follow=True).content.decode().lower()
    rule = RetentionRule.objects.get()
    assert (rule.months, rule.is_confirmed, rule.is_on) == (72, False, False)
    assert "begins on" in client.post(new, opened(client, new) | sent | {"form_key": "b"}).content.decode()
    change = url("retention-rule-change", force, rule.pk)
    sent = opened(client, change) | {"is_confirmed": "on", "is_on": "on"}
    assert "Say why this is changed" in client.post(change, sent | {"change_reason": ""}).content.decode()
    assert client.post(change, sent | {"change_reason": "Board of 4 May"}).status_code == 302
    rule.refresh_from_db()
    assert rule.is_on
    assert source_of_last(RetentionRule, rule.pk).reason == "Board of 4 May"


def test_a_period_that_removed_something_is_followed_and_not_changed(force, hr):
    rule = rule_make(force, is_confirmed=True)
    run_make(rule)
    client, change = signed_in(hr), url("retention-rule-change", force, rule.pk)
    answer = client.post(change, opened(client, change) | {"months": "12"})
    assert "Records were removed by this period" in answer.content.decode()


def test_the_dry_run_comes_before_and_the_proof_after(force, hr):
    absence, rule = absence_make(force), rule_make(force)
    client = signed_in(hr)
    apply, page = url("retention-rule-apply", force, rule.pk), url("retention-rule", force, rule.pk)
    assert client.post(apply, follow=True).content.decode().count("Nothing can be removed") == 1
    RetentionRule.objects.update(is_confirmed=True)
    shown = client.get(page).content.decode()
    assert "A dry run" in shown
    assert f"Number {absence.pk}" in shown, "health is on fewer eyes than HR's"
    assert "Plainlyinvented" not in shown
    Membership.objects.create(user=hr, force=force, role=Role.HEALTH)
    assert "Plainlyinvented" in signed_in(type(hr).objects.get(pk=hr.pk)).get(page).content.decode()
    assert "Remove 1 of absences?" in client.get(apply).content.decode()
    assert Absence.objects.exists()
    client.post(apply)
    client.post(apply)
    (job,) = Job.objects.filter(kind=RETENTION_JOB)
    assert job_run(job_id=job.pk)
    assert not Absence.objects.exists()
    run = RetentionRun.objects.get()
    assert (run.by, run.removed) == (hr, 1)
    proof = client.get(url("retention-run", force, run.pk)).content.decode()
    assert run.digest in proof
    assert str(hr) in proof
    assert history_verify().is_sound


def test_a_hold_is_put_and_lifted_for_a_reason(force, hr):
    absence, rule = absence_make(force), rule_make(force, is_confirmed=True)
    client = signed_in(hr)
    new = url("legal-hold-new", force)
    sent = opened(client, new) | {"number": "nobody", "reason": "Claim 7 of 2026"}
    assert "has no person with the number nobody" in client.post(new, sent).content.decode()
    sent |= {"number": absence.person.number, "what": "absences"}
    assert client.post(new, sent).status_code == 302
    hold = LegalHold.objects.get()
    assert (hold.person_id, hold.held_by, hold.what) == (absence.person_id, hr, "absences")
    page = client.get(url("retention-rule", force, rule.pk)).content.decode()
    assert "Claim 7 of 2026" in page
    assert "Remove what is due" not in page
    lift = url("legal-hold-lift", force, hold.pk)
    assert "Say why the hold is lifted" in client.post(lift, opened(client, lift)).content.decode()
    assert client.post(lift, opened(client, lift) | {"why": "Claim settled"}).status_code == 302
    hold.refresh_from_db()
    assert (hold.lifted_by, hold.lift_reason) == (hr, "Claim settled")
    assert hold.until > timezone.localdate()
    shown = client.get(url("retention", force)).content.decode()
    assert "Claim settled" in shown
    assert "Plainlyinvented" in shown


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.INSPECTION_READER])
def test_those_who_only_read_history_see_no_names_and_no_buttons(force, hr, role):
    absence, rule = absence_make(force), rule_make(force, is_confirmed=True)
    LegalHold.objects.create(
        force=force, person_id=absence.person_id, reason="Claim", held_by=hr, held_from=date(2020, 1, 1)
    )
    client = signed_in(user_make(role, force))
    html = client.get(url("retention", force)).content.decode()
    assert "One person" in html
    assert "Plainlyinvented" not in html
    assert "Add a rule" not in html
    for name in ("retention-rule", "retention-rule-change", "retention-rule-apply"):
        assert client.get(url(name, force, rule.pk)).status_code == 403


def test_the_page_costs_the_same_for_more_holds_and_runs(force, hr):
    client, page, rule = signed_in(hr), url("retention", force), rule_make(force, is_confirmed=True)

    def more() -> None:
        person = person_make(force)
        LegalHold.objects.create(
            force=force, person_id=person.pk, reason="Claim", held_by=hr, held_from=date(2020, 1, 1)
        )
        run_make(rule)

    more()
    client.get(page)
    with query_count("history:retention"):
        client.get(page)
    for _ in range(5):
        more()
    with query_count("history:retention"):
        client.get(page)


def test_programs_do_the_same(force, hr):
    client, kept = signed_in(hr), {"content_type": "application/json"}
    asked = {"force": force.slug, "what": "absences", "months": 72, "source": "X", "valid_from": "2020-01-01"}
    made = client.post(reverse("retention-rule-list"), asked, **kept)
    assert made.status_code == 201, made.content
    one = reverse("retention-rule-detail", args=[made.json()["id"]])
    change = {"months": 84, "source": "X", "is_confirmed": True}
    assert client.put(one, change, headers={"If-Match": made["ETag"]}, **kept).status_code == 400
    why = {"If-Match": made["ETag"], "X-Change-Reason": "Board of 4 May"}
    assert client.put(one, change, headers=why, **kept).json()["months"] == 84
    assert client.put(one, change, headers=why, **kept).status_code == 412
    absence_make(force)
    assert client.get(f"{one}due/").json()["count"] == 1
    hold = client.post(
        reverse("legal-hold-list"),
        {"force": force.slug, "reason": "Claim", "held_from": "2020-01-01"},
        **kept,
    )
    assert hold.status_code == 201, hold.content
    assert client.get(f"{one}due/").json() | {"before": ""} == {"before": "", "count": 0, "held": 1}
    lift = reverse("legal-hold-lift", args=[hold.json()["id"]])
    assert client.post(lift, {"reason": "Settled"}, **kept).status_code == 428
    lifted = client.post(lift, {"reason": "Settled"}, headers={"If-Match": hold["ETag"]}, **kept)
    assert lifted.json()["lift_reason"] == "Settled"
    reader = signed_in(user_make(Role.INSPECTION_READER, force))
    assert reader.get(one).status_code == 200
    assert reader.post(reverse("retention-rule-list"), asked, **kept).status_code == 403
