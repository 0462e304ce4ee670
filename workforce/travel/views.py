"""Pages of travel times: how far each location is from the others, and the force's own minutes."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force, Location
from peelsite.web.editing.forms import EditForm
from peelsite.web.editing.pages import form_methods, form_page, row_or_404
from workforce.travel.calc import DETOUR_FACTOR, FAR_SPEED_KM_PER_HOUR, NEAR_KM, SPEED_KM_PER_HOUR
from workforce.travel.forms import TimeChangeForm, TimeCreateForm, TimeRemoveForm
from workforce.travel.models import TravelTime
from workforce.travel.selectors import journeys_from


@require_safe
@force_page(Action.ESTABLISHMENT_VIEW)
def times(request: HttpRequest, force: Force) -> HttpResponse:
    """From one location to all others, the nearest first."""
    locations = list(Location.objects.of_force(force).select_related("force"))
    asked = request.GET.get("from", "")
    chosen = next((each for each in locations if str(each.pk) == asked), locations[0] if locations else None)
    context = {
        "heading": "Travel times",
        "locations": locations,
        "chosen": chosen,
        "journeys": journeys_from(chosen) if chosen else [],
        "detour": DETOUR_FACTOR,
        "speed": SPEED_KM_PER_HOUR,
        "near": NEAR_KM,
        "far_speed": FAR_SPEED_KM_PER_HOUR,
        "may_edit": request.user.may(Action.ESTABLISHMENT_EDIT, force),
        "breadcrumbs": [_establishment(force), _structure(force)],
    }
    return render(request, "workforce/travel/times.html", context)


@form_methods
@force_page(Action.ESTABLISHMENT_EDIT)
def time_add(request: HttpRequest, force: Force) -> HttpResponse:
    initial = {
        name: request.GET[key]
        for name, key in (("origin", "from"), ("destination", "to"))
        if request.GET.get(key, "").isdigit()
    }
    return form_page(
        request,
        TimeCreateForm(request.POST or None, force=force, initial=initial),
        heading="Enter a travel time",
        intro="It stands in place of the estimate, wherever the site says how far a post is.",
        back=_times(force),
        breadcrumbs=[_establishment(force), _structure(force)],
        done=lambda made: (_href(made), f"{made}: {made.minutes} minutes."),
    )


def _time_form(
    form_class: type[EditForm], heading: str, said: str, **page_kwargs: Any
) -> Callable[..., HttpResponse]:
    @form_methods
    @force_page(Action.ESTABLISHMENT_EDIT)
    def page(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
        rows = TravelTime.objects.of_force(force).select_related("origin", "destination", "force")
        found = row_or_404(request, rows, lambda gone: gone.force_id == force.pk, pk=pk)
        return form_page(
            request,
            form_class(request.POST or None, record=found),
            heading=heading.format(found),
            back=(_times(force)[0], _href(found)),
            breadcrumbs=[_establishment(force), _structure(force)],
            done=lambda saved: (_href(saved), said.format(saved)),
            **page_kwargs,
        )

    return page


time = _time_form(TimeChangeForm, "Between {}", "{}: the minutes are changed.")
time_remove = _time_form(
    TimeRemoveForm,
    "Go back to the estimate between {}",
    "{}: the estimate stands again.",
    button="Remove the force's own minutes",
)


def _href(time: TravelTime) -> str:
    return f"{reverse('travel:times', args=[time.force.slug])}?from={time.origin_id}"


def _times(force: Force) -> tuple[str, str]:
    return ("Travel times", reverse("travel:times", args=[force.slug]))


def _establishment(force: Force) -> tuple[str, str]:
    return ("Establishment", reverse("establishment:overview", args=[force.slug]))


def _structure(force: Force) -> tuple[str, str]:
    return ("Structure", reverse("structure:structure", args=[force.slug]))
