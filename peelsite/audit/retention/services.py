"""Rules, holds and removing what is due: one transaction a class, never what is held, always with proof."""

import csv
import hashlib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from peelsite.accounts.models import User
from peelsite.audit.retention.models import LegalHold, RetentionRule, RetentionRun
from peelsite.audit.retention.registry import class_of
from peelsite.audit.retention.removal import is_sealed, rows_delete
from peelsite.audit.retention.selectors import due_by
from peelsite.audit.subject_access.selectors import people_of
from peelsite.forces.models import Force
from peelsite.history.models import HistorySeal
from peelsite.jobs.models import Job
from peelsite.jobs.services import progress_note
from peelsite.web.editing.records import Overtaken, Seen, locked
from peelsite.web.editing.turns import in_turn

REFERENCE = Path(__file__).parent / "reference" / "rules.csv"
VALID_FROM = date(2016, 1, 1)


@transaction.atomic
def retention_rules_load(*, force: Force) -> int:
    """Give a force the rules of the reference file that it has none of yet: not confirmed, switched off."""
    made = 0
    with REFERENCE.open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if not RetentionRule.objects.of_force(force).filter(what=row["what"]).exists():
                RetentionRule.objects.create(
                    force=force,
                    what=row["what"],
                    months=int(row["months"]),
                    source=row["source"],
                    valid_from=VALID_FROM,
                )
                made += 1
    return made


@transaction.atomic
def retention_apply(*, rule: RetentionRule, day: date, by: User | None = None) -> RetentionRun | None:
    """Remove what the rule makes due on the day, with its history; None where nothing is due.

    Raises ValidationError for a rule whose period the force has not confirmed.
    """
    if not rule.is_confirmed:
        raise ValidationError(
            f"The period of {rule.months} months for {rule.what} is not confirmed by {rule.force}. "
            "Nothing is removed before it is."
        )
    due = due_by(rule, day)
    model = due.rows.model
    # Nobody may change a sealed row, and a lock would ask for the right to.
    rows = due.rows if is_sealed(model) else due.rows.select_for_update(of=("self",))
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    if not ids:
        return None
    reason = f"{due.retained.title}: {rule.months} months after {due.retained.event}"
    removed = due.retained.remove(ids, reason) if due.retained.remove else rows_delete(model, ids, reason)
    whole = "".join(removed.digests[key] for key in sorted(removed.digests))
    return RetentionRun.objects.create(
        force=rule.force,
        rule=rule,
        before=due.before,
        removed=len(ids),
        held=due.held,
        history_rows=removed.history_rows,
        digest=hashlib.sha256(bytes.fromhex(whole)).hexdigest(),
        seal=HistorySeal.objects.order_by("-number").values_list("number", flat=True).first() or 0,
        by=by,
    )


RETENTION_JOB = "retention_apply"


def retention_job(job: Job) -> dict[str, Any]:
    """The job of a rule that a person applies by hand: what is due today, whatever the page showed."""
    rule = RetentionRule.objects.get(pk=job.subject_id)
    progress_note(job, done=0, total=1, note="Removing what is due")
    run = retention_apply(rule=rule, day=timezone.localdate(), by=job.requested_by)
    return {"run": run.pk if run else None, "removed": run.removed if run else 0}


@in_turn
def rule_add(
    *,
    force: Force,
    what: str,
    months: int,
    valid_from: date,
    source: str,
    is_confirmed: bool,
    is_on: bool,
) -> RetentionRule:
    """A rule for a class from a day on: the one that began last is the one that holds."""
    rule = RetentionRule(
        force=force,
        what=what,
        months=months,
        valid_from=valid_from,
        source=" ".join(source.split()),
        is_confirmed=is_confirmed,
        is_on=is_on,
    )
    return _rule_saved(rule)


@in_turn
def rule_change(
    *,
    rule: RetentionRule,
    months: int,
    source: str,
    is_confirmed: bool,
    is_on: bool,
    seen: Seen | None = None,
) -> RetentionRule:
    """Another period, source or state. A period by which records went stays: a rule from a day on follows."""
    rule = locked(rule, seen)
    if months != rule.months and rule.runs.exists():
        raise ValidationError(
            {
                "months": "Records were removed by this period, so it stays as it was. Add a rule that "
                "begins on a later day."
            }
        )
    rule.months, rule.source, rule.is_confirmed, rule.is_on = (
        months,
        " ".join(source.split()),
        is_confirmed,
        is_on,
    )
    return _rule_saved(rule)


def _rule_saved(rule: RetentionRule) -> RetentionRule:
    if class_of(rule.what) is None:
        raise ValidationError({"what": "Choose a kind of record from the list."})
    if not rule.source:
        raise ValidationError({"source": "Say where the period comes from."})
    if rule.is_on and not rule.is_confirmed:
        raise ValidationError(
            {"is_on": "A rule is switched on only once the force has confirmed its period."}
        )
    same_day = RetentionRule.objects.of_force(rule.force).filter(what=rule.what, valid_from=rule.valid_from)
    if same_day.exclude(pk=rule.pk).exists():
        raise ValidationError(
            {"valid_from": f"A rule for these records begins on {rule.valid_from:%-d %B %Y} already."}
        )
    rule.full_clean(validate_constraints=False)
    rule.save()
    return rule


@transaction.atomic
def hold_add(
    *,
    force: Force,
    what: str,
    person_id: int | None,
    reason: str,
    held_from: date,
    user: User,
) -> LegalHold:
    """Keep records of a class ('' for all) or of a person (None for everybody), whatever the rules say."""
    if what and class_of(what) is None:
        raise ValidationError({"what": "Choose a kind of record from the list."})
    if person_id is not None and not people_of(force, [person_id]):
        raise ValidationError({"person": f"{force.name} has no such person."})
    if not reason.strip():
        raise ValidationError({"reason": "Say why these records must be kept."})
    return LegalHold.objects.create(
        force=force, what=what, person_id=person_id, reason=reason.strip(), held_from=held_from, held_by=user
    )


@transaction.atomic
def hold_lift(*, hold: LegalHold, reason: str, user: User, seen: Seen | None = None) -> LegalHold:
    """End a hold with today, and say why; what it kept may go with the next run."""
    hold = locked(hold, seen)
    today = timezone.localdate()
    if hold.until is not None and hold.until <= today:
        raise Overtaken(f"This hold ended before {hold.until:%-d %B %Y} already.")
    if not reason.strip():
        raise ValidationError({"reason": "Say why the hold is lifted."})
    hold.until = max(today, hold.held_from + timedelta(days=1))
    hold.lifted_by, hold.lift_reason = user, reason.strip()
    hold.save(update_fields=["until", "lifted_by", "lift_reason"])
    return hold
