"""Pages of minimum strengths, of the force's numbers for matching, and of what people would like."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.pages import form_methods, form_page, row_or_404
from peelsite.web.lists import ListPage
from peelsite.web.templatetags import peelsite_web
from workforce.boards.matching.forms import records as forms
from workforce.boards.matching.models import (
    FlexibleWorking,
    MatchingSettings,
    MinimumStrength,
    MovePreference,
    PromotionPlace,
)
from workforce.boards.matching.selectors import matching_numbers, minimums_of, minimums_reach
from workforce.boards.matching.selectors.records import standing_of, strength_by_unit
from workforce.boards.matching.tables import MinimumTable
from workforce.boards.meetings.views import boards_crumb
from workforce.people.models import Person


def _minimums_crumb(force: Force) -> tuple[str, str]:
    return ("Minimum strength", reverse("boards:minimums", args=[force.slug]))


@require_safe
@force_page(Action.BOARD_VIEW)
def minimums(request: HttpRequest, force: Force) -> HttpResponse:
    """What each unit must not fall below, beside what it has."""
    day = opening_day(force)
    rows = minimums_of(force, day)
    reach = minimums_reach(request.user, force)
    page = ListPage(
        request,
        table_class=MinimumTable,
        queryset=rows,
        title="Minimum strength",
        row_words="setting,settings",
        table_kwargs={
            "force": force,
            "editable": frozenset(rows.filter(reach.in_units("unit__path")).values_list("pk", flat=True))
            if reach
            else frozenset(),
            "strength": strength_by_unit(force, day),
        },
    )
    context = {
        "heading": "Minimum strength",
        "list_page": page,
        "day": day,
        "may_add": bool(reach),
        "numbers": matching_numbers(force),
        "may_change_numbers": request.user.may(Action.ESTABLISHMENT_EDIT, force),
        "breadcrumbs": [boards_crumb(force)],
    }
    return page.download() or render(request, "workforce/boards/minimums.html", context)


@form_methods
@force_page(Action.BOARD_VIEW)
def minimum_add(request: HttpRequest, force: Force) -> HttpResponse:
    reach = minimums_reach(request.user, force)
    if not reach:
        raise PermissionDenied
    form = forms.MinimumCreateForm(
        request.POST or None, force=force, user=request.user, reach=reach, day=opening_day(force)
    )
    return form_page(
        request,
        form,
        heading="Set a minimum strength",
        back=_minimums_crumb(force),
        breadcrumbs=[boards_crumb(force)],
        done=lambda made: (
            _minimums_crumb(force)[1],
            f"{made}: the minimum is {made.fte.normalize():f} FTE.",
        ),
    )


def _minimum_form(form_class: type[Any], heading: str, said: str, **page_kwargs: Any) -> Callable[..., Any]:
    @form_methods
    @force_page(Action.BOARD_VIEW)
    def page(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
        reach = minimums_reach(request.user, force)
        if not reach:
            raise PermissionDenied
        rows = MinimumStrength.objects.of_force(force).filter(reach.in_units("unit__path"))
        found = row_or_404(
            request,
            rows.select_related("unit", "rank"),
            lambda gone: gone.force_id == force.pk and reach.covers(gone.unit.path),
            pk=pk,
        )
        context = {}
        if form_class is forms.MinimumChangeForm:
            context["remove_href"] = reverse("boards:minimum-remove", args=[force.slug, pk])
        return form_page(
            request,
            form_class(request.POST or None, minimum=found, user=request.user),
            heading=heading.format(found),
            back=_minimums_crumb(force),
            breadcrumbs=[boards_crumb(force)],
            done=lambda saved: (_minimums_crumb(force)[1], said.format(saved)),
            template="workforce/boards/minimum.html" if context else "web/form_page.html",
            context=context,
            **page_kwargs,
        )

    return page


minimum = _minimum_form(forms.MinimumChangeForm, "Minimum strength of {}", "{}: the minimum is changed.")
minimum_remove = _minimum_form(
    forms.MinimumRemoveForm,
    "Remove the minimum of {}",
    "{}: the minimum is removed.",
    warning="For what was set by mistake. One that no longer holds gets a last day instead.",
    button="Remove",
)


@form_methods
@force_page(Action.ESTABLISHMENT_EDIT)
def settings(request: HttpRequest, force: Force) -> HttpResponse:
    """The months that somebody should stay, and the days to answer."""
    found = MatchingSettings.objects.filter(force=force).select_related("force").first()
    return form_page(
        request,
        forms.SettingsForm(request.POST or None, record=found or MatchingSettings(force=force)),
        heading="Numbers for matching",
        back=_minimums_crumb(force),
        breadcrumbs=[boards_crumb(force)],
        done=lambda _saved: (_minimums_crumb(force)[1], "The numbers are saved."),
    )


def _person_crumb(person: Person, force: Force, *, is_own: bool) -> tuple[str, str]:
    if is_own:
        return ("Your record", reverse("people:own", args=[force.slug]))
    return (str(person), reverse("people:person", args=[force.slug, person.pk]))


@require_safe
@force_page(Action.PEOPLE_EDIT)
def standing(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """What matching knows of a person: preferences, flexible working, places for promotion."""
    person = get_object_or_404(Person.objects.of_force(force).select_related("force"), pk=pk)
    return _standing_page(request, force, person, is_own=False)


@require_safe
@force_page(Action.OWN_RECORD_EDIT, narrows=True)
def own_standing(request: HttpRequest, force: Force) -> HttpResponse:
    """The same, of whoever asks."""
    person = _own(request, force)
    if person is None:
        return _own_missing(request)
    return _standing_page(request, force, person, is_own=True)


def _own(request: HttpRequest, force: Force) -> Person | None:
    return Person.objects.of_force(force).filter(user=request.user).select_related("force").first()


def _own_missing(request: HttpRequest) -> HttpResponse:
    """As on the page of the own record: HR has not said yet which record this is."""
    return render(request, "workforce/people/own_missing.html", {"heading": "Your next post"})


def _standing_page(request: HttpRequest, force: Force, person: Person, *, is_own: bool) -> HttpResponse:
    change = (
        reverse("boards:own-preference", args=[force.slug])
        if is_own
        else reverse("boards:preference", args=[force.slug, person.pk])
    )
    found = standing_of(person)
    day = opening_day(force)
    context = {
        "heading": "Your next post" if is_own else f"Next post of {person.full_name}",
        "person": person,
        "is_own": is_own,
        "change_href": change,
        "rows": preference_rows(found.preference),
        "agreements": found.agreements,
        "places": found.places,
        "running": {
            row.pk
            for row in (*found.agreements, *found.places)
            if row.during.upper is None or row.during.upper > day
        },
        "may_edit": request.user.may(Action.PEOPLE_EDIT, force),
        "breadcrumbs": [_person_crumb(person, force, is_own=is_own)],
    }
    return render(request, "workforce/boards/standing.html", context)


def preference_rows(preference: MovePreference | None) -> list[dict[str, Any]]:
    if preference is None:
        return [{"term": "Would like to move", "value": "Not said yet"}]
    wishes = list(preference.wishes.all())
    rows = [{"term": "Would like to move", "value": "Yes" if preference.wants_move else "No"}]
    if preference.not_before:
        rows.append({"term": "Not before", "value": peelsite_web.day(preference.not_before)})
    for term, name in (("Roles", "role"), ("Locations", "location"), ("Unit", "unit")):
        named = [str(getattr(wish, name)) for wish in wishes if getattr(wish, f"{name}_id")]
        if named:
            rows.append({"term": term, "value": "; ".join(named)})
    if preference.remarks:
        rows.append({"term": "Anything else", "value": preference.remarks})
    return rows


@form_methods
@force_page(Action.PEOPLE_EDIT)
def preference(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    person = get_object_or_404(Person.objects.of_force(force).select_related("force"), pk=pk)
    return _preference_page(request, force, person, is_own=False)


@form_methods
@force_page(Action.OWN_RECORD_EDIT, narrows=True)
def own_preference(request: HttpRequest, force: Force) -> HttpResponse:
    person = _own(request, force)
    if person is None:
        return _own_missing(request)
    return _preference_page(request, force, person, is_own=True)


def _preference_page(request: HttpRequest, force: Force, person: Person, *, is_own: bool) -> HttpResponse:
    found = MovePreference.objects.filter(person=person).select_related("person", "force").first()
    back = (
        ("Your next post", reverse("boards:own-standing", args=[force.slug]))
        if is_own
        else ("Next post", reverse("boards:standing", args=[force.slug, person.pk]))
    )
    form = forms.PreferenceForm(
        request.POST or None,
        preference=found or MovePreference(force=force, person=person),
        is_own=is_own,
    )
    return form_page(
        request,
        form,
        heading="What you would like" if is_own else f"What {person.full_name} would like",
        intro="Heads of units who look for somebody see whether you would like to move, from when, and the "
        "roles, locations and unit."
        if is_own
        else "",
        back=back,
        breadcrumbs=[_person_crumb(person, force, is_own=is_own)],
        done=lambda _saved: (back[1], "The preferences are saved."),
    )


def _add_form(form_class: type[Any], heading: str, said: str) -> Callable[..., HttpResponse]:
    @form_methods
    @force_page(Action.PEOPLE_EDIT)
    def page(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
        person = get_object_or_404(Person.objects.of_force(force).select_related("force"), pk=pk)
        back = ("Next post", reverse("boards:standing", args=[force.slug, pk]))
        return form_page(
            request,
            form_class(request.POST or None, person=person),
            heading=heading.format(person),
            back=back,
            breadcrumbs=[_person_crumb(person, force, is_own=False)],
            done=lambda _made: (back[1], said),
        )

    return page


def _end_form(
    model: type[Any], form_class: type[Any], heading: str, said: str
) -> Callable[..., HttpResponse]:
    @form_methods
    @force_page(Action.PEOPLE_EDIT)
    def page(request: HttpRequest, force: Force, pk: int, row_pk: int) -> HttpResponse:
        row = get_object_or_404(
            model.objects.of_force(force).select_related("person"), pk=row_pk, person_id=pk
        )
        back = ("Next post", reverse("boards:standing", args=[force.slug, pk]))
        return form_page(
            request,
            form_class(request.POST or None, record=row),
            heading=heading.format(row.person),
            intro=f"{row}, {peelsite_web.daterange(row.during)}",
            back=back,
            breadcrumbs=[_person_crumb(row.person, force, is_own=False)],
            done=lambda _saved: (back[1], said),
        )

    return page


flexible_add = _add_form(forms.FlexibleForm, "Flexible working of {}", "The agreement is recorded.")
promotion_add = _add_form(forms.PromotionForm, "Promotion of {}", "The place is recorded.")
flexible_end = _end_form(
    FlexibleWorking, forms.FlexibleEndForm, "End of flexible working of {}", "The agreement has an end."
)
promotion_end = _end_form(
    PromotionPlace, forms.PromotionEndForm, "End of a place of {}", "The place has an end."
)
