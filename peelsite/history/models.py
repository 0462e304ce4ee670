"""The seals over the history, and what was taken out of it by the rules of retention."""

import pgtrigger
from django.db import models

_APPEND_ONLY = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class HistorySeal(models.Model):
    """One link of the chain: digests of the history rows written since the seal before, and its digest.

    `parts` are `peelsite.history.calc.Part`s; `digest` and `previous` are SHA-256 in hex.
    """

    number = models.BigIntegerField(primary_key=True, help_text="1, 2, 3 … without a gap.")
    sealed_at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    parts = models.JSONField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                name="history_historyseal_counts_from_one", condition=models.Q(number__gte=1)
            ),
        ]
        triggers = _APPEND_ONLY

    def __str__(self) -> str:
        return f"Seal {self.number}"


class HistoryRedaction(models.Model):
    """A history row of which personal data was removed by a rule of retention.

    The chain goes on reckoning with `original`, the digest of the row as it was sealed, and expects the row
    to be as `left` says by now ('' where the whole row is gone). Neither tells what was removed.
    """

    table = models.CharField(max_length=63)
    row_id = models.BigIntegerField()
    original = models.CharField(max_length=64)
    left = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["table", "row_id"], name="history_historyredaction_row_once"),
        ]
        triggers = _APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.table} {self.row_id}"
