"""A board's papers as files: the pack, its draft, and the approved minutes."""

from django.db import models

from peelsite.history import tracked
from workforce.boards.meetings.models import Board


class PaperKind(models.TextChoices):
    DRAFT = "draft", "Draft pack"
    PACK = "pack", "Pack"
    MINUTES = "minutes", "Minutes"


class BoardPaperQuerySet(models.QuerySet["BoardPaper"]):
    def light(self) -> "BoardPaperQuerySet":
        """Without the files, for pages and lists."""
        return self.defer("pdf", "xlsx")


@tracked(exclude=("pdf", "xlsx"))
class BoardPaper(models.Model):
    """One paper of a board, written once: `digest` is that of the frozen rows or of the minutes' text.

    A draft is written over by the next one and goes when the pack is published. The others never change:
    PostgreSQL refuses it.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=8, choices=PaperKind)
    digest = models.CharField(max_length=64)
    pdf = models.BinaryField()
    xlsx = models.BinaryField(null=True, blank=True)
    written_at = models.DateTimeField()

    objects = BoardPaperQuerySet.as_manager()

    class Meta:
        ordering = ["board_id", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["board", "kind"], name="workforce_boardpaper_one_of_a_kind"),
            models.CheckConstraint(
                name="workforce_boardpaper_pack_has_a_workbook",
                condition=models.Q(kind="minutes", xlsx__isnull=True)
                | (~models.Q(kind="minutes") & models.Q(xlsx__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.board}"
