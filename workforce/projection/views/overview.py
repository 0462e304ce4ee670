"""The answer: how short now and in the months ahead, why, and where."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.accounts.reach import Reach
from peelsite.charts.calc import Svg, small_fan
from peelsite.charts.services import chart_figure
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.jobs.tasks import job_task
from peelsite.web.templatetags import peelsite_web
from workforce.people.selectors import names_by_id
from workforce.projection.calc.inputs import FORCE_LINE, LineKey, LineKind
from workforce.projection.models import BackTest, ProjectionRun
from workforce.projection.selectors.lines import drivers_of, key_from, rows_behind, slug_of
from workforce.projection.selectors.outlook import Outlook, OutlookLine
from workforce.projection.selectors.runs import newest_run, outlook_of_run
from workforce.projection.services.runs import run_request
from workforce.projection.views.words import (
    MONTHS_SHOWN,
    crumb,
    gap_words,
    kind_words,
    line_href,
    may_edit,
    range_words,
    sections,
    side_words,
    strength_chart,
)

WORST_SHOWN = 10
ROWS_SHOWN = 20
OLD_AFTER_DAYS = 31


def months_asked(request: HttpRequest) -> int:
    asked = request.GET.get("months", "")
    return int(asked) if asked in map(str, MONTHS_SHOWN) else 12


def run_asked(request: HttpRequest, force: Force) -> ProjectionRun | None:
    """The run that `?run=` names, else the newest of the plan. Raises Http404 for another force's."""
    asked = request.GET.get("run", "")
    if asked.isascii() and asked.isdigit():
        return get_object_or_404(ProjectionRun.objects.of_force(force).done(), pk=asked)
    return newest_run(force, opening_day(force))


@require_safe
@force_page(Action.BOARD_VIEW)
def overview(request: HttpRequest, force: Force) -> HttpResponse:
    """How short the force is now and in 6, 12, 24 and 48 months; what drives it, and which cells matter."""
    run = run_asked(request, force)
    waiting = ProjectionRun.objects.of_force(force).filter(done_at__isnull=True).of_plan().first()
    context: dict[str, Any] = {
        "heading": "Projection",
        "sections": sections(request, force, "overview"),
        "run": run,
        "waiting": waiting,
        "may_edit": may_edit(request, force),
    }
    if run is None:
        return render(request, "workforce/projection/overview.html", context)
    outlook = outlook_of_run(run)
    months = months_asked(request)
    key = key_from(request.GET.get("line", "")) or FORCE_LINE
    line = outlook.lines.get(key, outlook.force)
    context |= answer_context(force, line, months)
    context |= {
        "age_days": run.age_days(opening_day(force)),
        "is_old": run.age_days(opening_day(force)) > OLD_AFTER_DAYS,
        "line": line,
        "choices": [
            {
                "label": "Whole force" if each.key == FORCE_LINE else each.label,
                "slug": slug_of(each.key),
                "is_current": each.key == line.key,
            }
            for each in (outlook.force, *outlook.of_kind(LineKind.CATEGORY))
        ],
        "worst": _worst(force, outlook, line, months),
        "back_test": BackTest.objects.of_force(force).filter(done_at__isnull=False).first(),
    }
    return render(request, "workforce/projection/overview.html", context)


def answer_context(force: Force, line: OutlookLine, months: int) -> dict[str, Any]:
    """What an answer about one line shows: sentence, figures, fan, and drivers up to a month."""
    now = line.at(0)
    later = line.at(months)
    drivers = drivers_of(line, months)
    return {
        "answer": (
            f"{line.label}: {side_words(now.gap)} on {peelsite_web.day(now.day)}. In {months} months, on "
            f"{peelsite_web.day(later.day)}, most likely {gap_words(later)}."
        ),
        "figures": [_tile(line, month) for month in (0, *MONTHS_SHOWN)],
        "chart": chart_figure(chart=strength_chart(line, title=f"Strength of {line.label}")),
        "months": months,
        "months_choices": [(each, each == months) for each in MONTHS_SHOWN],
        "drivers": drivers,
        "mean_now": float(line.gap.mean[0]),
        "mean_later": float(line.gap.mean[months]),
        "rest": float(line.gap.mean[months] - line.gap.mean[0]) - sum(each.effect for each in drivers),
        "later": later,
    }


def _tile(line: OutlookLine, month: int) -> dict[str, Any]:
    point = line.at(month)
    label = "Gap now (FTE)" if month == 0 else f"In {month} months (FTE)"
    note = (
        f"{peelsite_web.fte(point.strength)} in {peelsite_web.fte(point.establishment)}"
        if month == 0
        else f"8 in 10: {range_words(point)}; above {peelsite_web.fte(point.threshold)}: "
        f"{peelsite_web.percent(point.chance, 0)}"
    )
    is_beyond = point.gap > point.threshold
    return {
        "label": label,
        "value": peelsite_web.fte(point.gap),
        "note": note,
        "kind": "warning" if is_beyond else None,
    }


def _worst(force: Force, outlook: Outlook, of: OutlookLine, months: int) -> list[dict[str, Any]]:
    """The cells with the largest projected gap that is likelier than not beyond its threshold."""
    cells = [
        line
        for line in outlook.of_kind(LineKind.CELL)
        if of.key == FORCE_LINE or outlook.categories[line.key.of.rank_id] == of.key.of
    ]
    cells.sort(key=lambda line: (-line.at(months).gap, line.label))
    return [cell_row(force, line, months) for line in cells[:WORST_SHOWN] if line.at(months).gap > 0]


def cell_row(force: Force, line: OutlookLine, months: int) -> dict[str, Any]:
    point = line.at(months)
    return {
        "label": line.label,
        "href": line_href(force, line.key),
        "now": float(line.gap.p50[0]),
        "gap": point.gap,
        "range": range_words(point),
        "chance": point.chance,
        "threshold": point.threshold,
        "establishment": point.establishment,
        "fan": fan_of(line),
    }


def fan_of(line: OutlookLine) -> Svg:
    """The line's gap as a small fan with a level at nought."""
    return small_fan(line.gap.p10.tolist(), line.gap.p50.tolist(), line.gap.p90.tolist())


@require_safe
@force_page(Action.BOARD_VIEW)
def line_page(request: HttpRequest, force: Force, line: str) -> HttpResponse:
    """One line: its fan, what explains it, and the rows behind it."""
    key, run = key_from(line), run_asked(request, force)
    if key is None or run is None:
        raise Http404
    outlook = outlook_of_run(run, keys=[key])
    found = outlook.lines.get(key)
    if found is None:
        raise Http404
    months = months_asked(request)
    context = {
        "heading": found.label,
        "breadcrumbs": [
            crumb(force),
            ("Every line", reverse("projection:lines", args=[force.slug])),
        ],
        "line": found,
        "kind": kind_words(key),
        "run": run,
        "rows": _rows(request, force, key, found),
        "posts_href": _posts_href(force, key, run),
        **answer_context(force, found, months),
    }
    return render(request, "workforce/projection/line.html", context)


def _rows(request: HttpRequest, force: Force, key: LineKey, line: OutlookLine) -> dict[str, Any]:
    """What is recorded and planned of the line. Who has given notice is named to those who may see people."""
    found = rows_behind(force, key, line.days)
    leaving = list(found.leaving.values_list("pk", "employed"))
    reach: Reach = request.user.reach(Action.PEOPLE_VIEW, force)
    names = names_by_id(force, (pk for pk, _ in leaving), reach, line.days[0]) if reach else {}
    return {
        "leaving": [
            {"pk": pk, "name": names.get(pk, ""), "first_day_after": employed.upper}
            for pk, employed in leaving
        ],
        "sees_people": bool(reach),
        "starting": list(found.starting[:ROWS_SHOWN]),
        "starting_count": found.starting.count(),
        "ending": list(found.ending[:ROWS_SHOWN]),
        "ending_count": found.ending.count(),
        "places": list(found.places[:ROWS_SHOWN]),
        "pools": list(found.pools[:ROWS_SHOWN]),
        "changes": list(found.changes[:ROWS_SHOWN]),
    }


def _posts_href(force: Force, key: LineKey, run: ProjectionRun) -> str:
    """The list of the line's posts on the as-at day."""
    names = ("rank", "role", "location", "unit")
    query: dict[str, Any] = {"on": run.as_at.isoformat()}
    if key.kind in (LineKind.RANK, LineKind.UNIT):
        query[key.kind.value] = key.of
    elif key.kind is LineKind.CATEGORY:
        query["type"] = {"officer": "officers", "pcso": "pcsos"}.get(str(key.of), "staff")
    elif key.kind is LineKind.RANK_ROLE_LOCATION:
        query |= dict(zip(names, key.of, strict=False))
    elif key.kind is LineKind.CELL:
        query |= {name: getattr(key.of, f"{name}_id") for name in names} | {"unit_only": "on"}
    joined = "&".join(f"{name}={value}" for name, value in query.items())
    return f"{reverse('establishment:posts', args=[force.slug])}?{joined}"


@require_POST
@force_page(Action.PROJECTION_EDIT)
def run_now(request: HttpRequest, force: Force) -> HttpResponse:
    """Ask for a projection of the plan and show how far it is."""
    try:
        run, job = run_request(force=force, requested_by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("projection:overview", force.slug)
    job_task.delay_on_commit(job.pk)
    return redirect("projection:run", force.slug, run.pk)
