"""Drawing a chart once, and finding the drawing again.

Two ways in. A worker that needs the drawing now (an email, a PDF) calls `chart_svg` or `chart_png`. A page
calls `chart_figure`, which draws nothing: it notes what is wanted, and the browser fetches it (views.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from importlib.metadata import version

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from peelsite.charts.calc import Chart, Spec, digest_of, finish_svg
from peelsite.charts.models import RenderedChart

ENGINE = version("vl-convert-python")
KEEP = timedelta(days=90)
ASK_AGAIN = timedelta(seconds=30)


@dataclass(frozen=True)
class Figure:
    """A chart as a page shows it: `{% include "components/chart.html" with chart=figure chart_id="gap" %}`.

    `ready` says whether the picture is drawn; the words and the table are there in any case.
    """

    chart: Chart
    digest: str
    ready: bool

    @property
    def title(self) -> str:
        """The chart's name."""
        return self.chart.title

    @property
    def description(self) -> str:
        """What it says, in words."""
        return self.chart.description

    @property
    def columns(self) -> tuple[str, ...]:
        """Headings of its table."""
        return self.chart.columns

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Cells of its table, as shown."""
        return self.chart.rows

    @property
    def src(self) -> str:
        """Address of the SVG."""
        return reverse("charts:image", kwargs={"digest": self.digest})

    @property
    def waiting_src(self) -> str:
        """Address of the fragment that turns into the picture once it is drawn."""
        return reverse("charts:waiting", kwargs={"digest": self.digest})


@transaction.atomic
def chart_figure(*, chart: Chart) -> Figure:
    """The chart as a page shows it; cheap: at most one insert, and nothing is drawn."""
    digest = _noted(chart, RenderedChart.SVG, Decimal(1))
    ready = RenderedChart.objects.filter(digest=digest, content__isnull=False).exists()
    return Figure(chart=chart, digest=digest, ready=ready)


@transaction.atomic
def chart_figures(*, charts: Mapping[str, Chart]) -> dict[str, Figure]:
    """Many charts of one page, by the same names: three queries at most, however many there are."""
    digests = {name: _digest(chart, RenderedChart.SVG, Decimal(1)) for name, chart in charts.items()}
    held = dict(
        RenderedChart.objects.filter(digest__in=digests.values()).values_list(
            "digest", models.ExpressionWrapper(Q(content__isnull=False), output_field=models.BooleanField())
        )
    )
    RenderedChart.objects.bulk_create(
        [
            _row(chart, digests[name], RenderedChart.SVG, Decimal(1))
            for name, chart in charts.items()
            if digests[name] not in held
        ],
        ignore_conflicts=True,
    )
    return {
        name: Figure(chart=chart, digest=digests[name], ready=held.get(digests[name], False))
        for name, chart in charts.items()
    }


@transaction.atomic
def chart_svg(*, chart: Chart) -> str:
    """The chart as SVG text, drawn now if nobody has yet. For workers: the engine takes some 100 MB.

    Raises ValidationError when the renderer refuses the specification.
    """
    return _drawn(_noted(chart, RenderedChart.SVG, Decimal(1))).decode()


@transaction.atomic
def chart_png(*, chart: Chart, scale: Decimal = Decimal(2)) -> bytes:
    """The chart as PNG, `scale` device pixels a pixel (above 0, up to 4), drawn now if nobody has yet."""
    if not 0 < scale <= 4:
        raise ValidationError("A chart's scale must be above 0 and at most 4.")
    return _drawn(_noted(chart, RenderedChart.PNG, scale))


def chart_render(*, digest: str) -> bool:
    """Draw a noted chart unless it is drawn already; False if it is unknown or the renderer refuses it.

    Safe to run twice or side by side: the row is locked while it is drawn. A refusal is kept on the row, so
    that a chart that cannot be drawn is tried once and then shows its table with a sentence.
    """
    try:
        with transaction.atomic():
            _drawn(digest)
    except RenderedChart.DoesNotExist:
        return False
    except ValidationError as refused:
        unset = RenderedChart.objects.filter(digest=digest, content__isnull=True)
        unset.update(error=" ".join(refused.messages))
        return False
    return True


@transaction.atomic
def chart_claim(*, digest: str) -> bool:
    """Whether the caller should have the chart drawn: true once in 30 seconds while it is wanted."""
    now = timezone.now()
    wanted = RenderedChart.objects.filter(digest=digest, content__isnull=True, error="")
    free = wanted.filter(Q(asked_at__isnull=True) | Q(asked_at__lt=now - ASK_AGAIN))
    return free.update(asked_at=now) == 1


@transaction.atomic
def charts_purge(*, older_than: timedelta = KEEP) -> int:
    """Forget drawings made longer ago than that; how many. A page that still needs one has it drawn again."""
    count, _ = RenderedChart.objects.filter(created_at__lt=timezone.now() - older_than).delete()
    return count


def _noted(chart: Chart, output: str, scale: Decimal) -> str:
    digest = _digest(chart, output, scale)
    if not RenderedChart.objects.filter(digest=digest).exists():
        RenderedChart.objects.bulk_create([_row(chart, digest, output, scale)], ignore_conflicts=True)
    return digest


def _digest(chart: Chart, output: str, scale: Decimal) -> str:
    return digest_of(chart, output=f"{output}@{scale.normalize():f}", engine=ENGINE)


def _row(chart: Chart, digest: str, output: str, scale: Decimal) -> RenderedChart:
    return RenderedChart(
        digest=digest,
        format=output,
        scale=scale,
        title=chart.title,
        description=chart.description,
        spec=chart.spec,
    )


def _drawn(digest: str) -> bytes:
    """The drawing, made under the row's lock: a second caller waits, then finds it."""
    row = RenderedChart.objects.select_for_update().get(digest=digest)
    if row.content is None:
        row.content, row.error = _draw(row), ""
        row.save(update_fields=["content", "error"])
    return bytes(row.content)


def _draw(row: RenderedChart) -> bytes:
    svg = finish_svg(_svg(row.spec), title=row.title, description=row.description, digest=row.digest)
    return svg.encode() if row.format == RenderedChart.SVG else _png(svg, row.scale)


def _svg(spec: Spec) -> str:
    # Imported where it draws: the web processes never start the engine.
    import vl_convert

    try:
        # No address is allowed: a specification carries its figures and fetches nothing.
        return vl_convert.vegalite_to_svg(spec, allowed_base_urls=[], format_locale="en-GB")
    except ValueError as error:
        raise ValidationError("This chart could not be drawn; its figures are in the table.") from error


def _png(svg: str, scale: Decimal) -> bytes:
    import vl_convert

    return vl_convert.svg_to_png(svg, scale=float(scale))
