"""What a projection assumes: each rate and figure with its source, and the force's own settings."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.pages import form_methods, form_page, row_or_404
from peelsite.web.editing.versions import event_model_of
from peelsite.web.lists import ListPage
from peelsite.web.templatetags import peelsite_web
from workforce.projection import forms
from workforce.projection.models import Assumption
from workforce.projection.selectors.assumptions import AssumptionRow, known_codes
from workforce.projection.selectors.figures import SOURCES
from workforce.projection.selectors.inputs import assumed_at
from workforce.projection.services import scenarios
from workforce.projection.tables import AssumptionTable, is_percent, unit_words, value_words
from workforce.projection.views.words import crumb, may_edit, sections


@require_safe
@force_page(Action.BOARD_VIEW)
def assumptions(request: HttpRequest, force: Force) -> HttpResponse:
    """Every rate and figure that the next projection will use."""
    day = opening_day(force)
    found = list(assumed_at(force, day).rows)
    of = request.GET.get("of", "")
    groups = list(dict.fromkeys(row.group for row in found))
    shown = [row for row in found if not of or row.group == of]
    page = ListPage(
        request,
        table_class=AssumptionTable,
        queryset=shown,
        title="Assumptions",
        row_words="assumption,assumptions",
        table_kwargs={"force": force, "may_edit": may_edit(request, force)},
    )
    context = {
        "heading": "Assumptions",
        "breadcrumbs": [crumb(force)],
        "sections": sections(request, force, "assumptions"),
        "list_page": page,
        "groups": [(group, group == of) for group in groups],
        "is_all": not of,
        "day": day,
        "set_count": sum(row.source == "set" for row in found),
    }
    return page.download() or render(request, "workforce/projection/assumptions.html", context)


@form_methods
@force_page(Action.PROJECTION_EDIT)
def assumption(request: HttpRequest, force: Force, code: str) -> HttpResponse:
    """Set one rate or figure by hand, with a reason, or change what was set."""
    if code not in known_codes(force):
        raise Http404
    row = next(each for each in assumed_at(force, opening_day(force)).rows if each.code == code)
    held = Assumption.objects.of_force(force).filter(code=code).first()
    percent = is_percent(row.unit)
    given = {"percent": percent, "day": opening_day(force), "user": request.user}
    if held is None:
        initial = {"value": f"{row.value * (100 if percent else 1):.4g}"}
        form: Any = forms.AssumptionForm(
            request.POST or None, force=force, code=code, initial=initial, **given
        )
    else:
        form = forms.AssumptionChangeForm(request.POST or None, record=held, **given)
    form.fields["value"].label = f"{unit_words(row.unit).capitalize()}{', per cent' if percent else ''}"
    return form_page(
        request,
        form,
        heading=row.label,
        intro=f"{row.group}. {row.evidence}",
        back=_back(force),
        breadcrumbs=[crumb(force)],
        done=lambda saved: (_back(force)[1], f"{row.label}: set. The next projection uses it."),
        template="workforce/projection/form_page.html",
        context={
            "facts": _facts(row),
            "remove_href": reverse("projection:assumption-clear", args=[force.slug, code]) if held else "",
            "remove_label": "Back to what is learnt or assumed without it",
        },
    )


@form_methods
@force_page(Action.PROJECTION_EDIT)
def assumption_clear(request: HttpRequest, force: Force, code: str) -> HttpResponse:
    """Back to the force's own history."""
    rows = Assumption.objects.of_force(force).filter(code=code)
    found = rows.first()
    if found is None:
        if request.method != "POST":
            raise Http404
        found = _cleared(request, force, code)
    row = next((each for each in assumed_at(force, opening_day(force)).rows if each.code == code), None)
    label = row.label if row else code
    form = forms.RemoveForm(
        request.POST or None,
        record=found,
        remove=lambda seen: scenarios.assumption_clear(force=force, code=code, seen=seen),
    )
    return form_page(
        request,
        form,
        heading=f"{label}: back to own history",
        warning=(
            f"The next projection uses {value_words(row.learnt, row.unit)} "
            f"({SOURCES[row.learnt_source].lower()})."
            if row
            else ""
        ),
        button="Go back",
        back=_back(force),
        breadcrumbs=[crumb(force)],
        done=lambda saved: (_back(force)[1], f"{label}: back to what is learnt or assumed."),
    )


def _cleared(request: HttpRequest, force: Force, code: str) -> Assumption:
    """The row as it was, when somebody else cleared it while this page was open."""
    gone = (
        event_model_of(Assumption)
        .objects.filter(force_id=force.pk, code=code)
        .order_by("-pgh_id")
        .values_list("pgh_obj_id", flat=True)
        .first()
    )
    if gone is None:
        raise Http404
    rows = Assumption.objects.of_force(force)
    return row_or_404(request, rows, lambda row: row.force_id == force.pk, pk=gone)


def _back(force: Force) -> tuple[str, str]:
    return ("Assumptions", reverse("projection:assumptions", args=[force.slug]))


def _facts(row: AssumptionRow) -> list[dict[str, Any]]:
    facts = [
        ("Used now", f"{value_words(row.value, row.unit)}, {SOURCES[row.source].lower()}"),
        ("Without a setting", f"{value_words(row.learnt, row.unit)}, {SOURCES[row.learnt_source].lower()}"),
        ("Unit", unit_words(row.unit)),
    ]
    if row.set_on:
        facts.append(("Set", f"{row.set_on} by {row.set_by or 'a program'}: {row.reason}"))
    return [{"term": term, "value": value or peelsite_web.NOTHING} for term, value in facts]
