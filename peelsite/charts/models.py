"""Drawn charts, kept by the digest of what was drawn."""

from django.db import models
from django.db.models import Q


class RenderedChart(models.Model):
    """One drawing: asked for (`content` empty), drawn (`content`), or refused by the renderer (`error`).

    The digest covers the specification, the words, the output and the engine's version, so a row never goes
    stale: a changed figure is another digest. Whoever can name a digest already holds the figures it was made
    of. A cache, not a business record: it has no history and may be emptied at any time.
    """

    SVG = "svg"
    PNG = "png"

    digest = models.CharField(max_length=64, primary_key=True)
    format = models.CharField(max_length=3, choices=[(SVG, "SVG"), (PNG, "PNG")])
    scale = models.DecimalField(max_digits=4, decimal_places=2)
    title = models.TextField()
    description = models.TextField()
    spec = models.JSONField()
    content = models.BinaryField(null=True, default=None)
    error = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    asked_at = models.DateTimeField(null=True, default=None)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="chart_digest_is_sha256"
            ),
            models.CheckConstraint(condition=Q(format__in=["svg", "png"]), name="chart_format_known"),
            models.CheckConstraint(condition=Q(scale__gt=0, scale__lte=4), name="chart_scale_sane"),
            models.CheckConstraint(
                condition=Q(content__isnull=True) | Q(error=""), name="chart_drawn_or_refused"
            ),
        ]
        indexes = [models.Index(fields=["created_at"], name="chart_created")]

    def __str__(self) -> str:
        return f"{self.title} ({self.format})"

    @property
    def is_ready(self) -> bool:
        """Whether the drawing is there."""
        return self.content is not None
