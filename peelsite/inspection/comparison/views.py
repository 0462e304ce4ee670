"""One measure, all forces, ours marked; and who is left out of it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from peelsite.accounts.access import force_page, require
from peelsite.accounts.permissions import Action
from peelsite.charts.services import chart_figure
from peelsite.inspection.comparison.forms import ExclusionForm
from peelsite.inspection.comparison.models import ComparisonExclusion
from peelsite.inspection.comparison.reports import comparison_chart, standing_sentence
from peelsite.inspection.comparison.selectors import comparisons
from peelsite.inspection.comparison.services import exclusion_remove
from peelsite.inspection.indicators.calc import shown
from peelsite.inspection.indicators.views import day_asked
from peelsite.inspection.national.selectors import workforce_table
from peelsite.web.editing.once import saved_once
from peelsite.web.editing.pages import form_methods, row_or_404, status_of
from peelsite.web.editing.records import Overtaken


@form_methods
@force_page(Action.SUMMARY_VIEW)
def measure(request, force, code):
    """The comparison; POST leaves one more force out."""
    day, day_form = day_asked(request, force)
    all_measures = comparisons(force, day)
    line = all_measures.of(code)
    if line is None:
        raise Http404
    form = None
    if request.user.may(Action.COMPARISON_EDIT, force):
        form = ExclusionForm(
            request.POST if request.method == "POST" else None,
            force=force,
            measure=code,
            user=request.user,
            compared=list(all_measures.force_names),
        )
    if request.method == "POST":
        require(request.user, Action.COMPARISON_EDIT, force)
        answer = saved_once(
            request,
            form,
            lambda made: (request.get_full_path(), f"{made.excluded} is left out of this measure."),
        )
        if answer is not None:
            messages.success(request, answer[1])
            return redirect(answer[0])
    context = _context(force, day, day_form, line, all_measures, form)
    return render(request, "inspection/measure.html", context, status=status_of(form))


@require_POST
@force_page(Action.COMPARISON_EDIT)
def take_back(request, force, exclusion_id):
    exclusion = row_or_404(
        request,
        ComparisonExclusion.objects.of_force(force),
        lambda gone: gone.force_id == force.pk,
        pk=exclusion_id,
    )
    try:
        exclusion_remove(exclusion=exclusion)
    except Overtaken:
        messages.info(request, f"{exclusion.excluded} was taken back by someone else, and is compared again.")
    else:
        messages.success(request, f"{exclusion.excluded} is compared again.")
    return redirect("inspection:measure", force.slug, exclusion.measure)


def _context(force, day, day_form, line, all_measures, form):
    chart = comparison_chart(line, force, all_measures.force_names)
    return {
        "heading": line.measure.name,
        "breadcrumbs": [("Inspection", reverse("inspection:overview", args=[force.slug]))],
        "day": day,
        "day_form": day_form,
        "line": line,
        "sentence": standing_sentence(line, force),
        "chart": chart_figure(chart=chart) if chart else None,
        "rows": _rows(line, force, all_measures.force_names),
        "without_value": [all_measures.force_names.get(key, key) for key in line.comparison.without_value]
        if line.comparison
        else [],
        "table": workforce_table(),
        "form": form,
    }


def _rows(line, force, names):
    if line.comparison is None:
        return []
    return [
        {
            "name": names.get(standing.key, standing.key),
            "is_ours": standing.key == force.slug,
            "value": shown(line.measure.unit, standing.value),
            "z": f"{standing.z:+.2f}".replace("-", "\N{MINUS SIGN}"),
            "standing": standing.standing.value,
        }
        for standing in sorted(line.comparison.forces, key=lambda each: -each.value)
    ]
