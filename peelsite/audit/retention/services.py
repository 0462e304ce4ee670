"""Removing what is due: one transaction a class, never what is under hold, always with proof."""

import csv
import hashlib
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import models, transaction

from peelsite.accounts.models import User
from peelsite.audit.retention.models import RetentionRule, RetentionRun
from peelsite.audit.retention.selectors import due_by
from peelsite.forces.models import Force
from peelsite.history.models import HistorySeal
from peelsite.history.removal import history_remove
from peelsite.history.sealed import sealed_tables

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
    rows = due.rows if _is_sealed(model) else due.rows.select_for_update(of=("self",))
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    if not ids:
        return None
    reason = f"{due.retained.title}: {rule.months} months after {due.retained.event}"
    digests = history_remove(ids=_rows_to_go(model, ids), reason=reason)
    joined = "".join(digests[key] for key in sorted(digests))
    return RetentionRun.objects.create(
        force=rule.force,
        rule=rule,
        before=due.before,
        removed=len(ids),
        held=due.held,
        history_rows=len(digests) - (len(ids) if _is_sealed(model) else 0),
        digest=hashlib.sha256(bytes.fromhex(joined)).hexdigest(),
        seal=HistorySeal.objects.latest("number").number,
        by=by,
    )


def _rows_to_go(model: type[models.Model], ids: list[int]) -> dict[str, list[int]]:
    """Delete the rows, and name the rows of the history that tell of them, the deletion included."""
    if _is_sealed(model):
        return {model._meta.db_table: ids}
    model._default_manager.filter(pk__in=ids).delete()
    event = model.pgh_event_model
    events = event.objects.filter(pgh_obj_id__in=ids).values_list("pgh_id", flat=True)
    return {event._meta.db_table: list(events)}


def _is_sealed(model: type[models.Model]) -> bool:
    """Whether the rows themselves are in the seals, as sensitive reads are."""
    return model._meta.db_table in sealed_tables()
