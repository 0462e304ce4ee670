"""The start page of a force, and the way to it."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_of
from peelsite.forces.selectors import opening_day
from peelsite.home.selectors import standing_of, tasks_for


@require_safe
@login_required
def home(request):
    """To the start page of the user's only force, else a choice of forces."""
    forces = request.user.forces()
    if len(forces) == 1:
        return redirect("start", forces[0].slug)
    return render(request, "home/forces.html", {"heading": "Choose a force", "forces": forces})


@require_safe
@login_required
def start(request, force):
    """What waits for this user, then where the force stands. Every member may open it."""
    request.force = force = force_of(request.user, force)
    day = opening_day(force)
    context = {
        "heading": f"Good to see you, {request.user.get_short_name()}",
        "day": day,
        "tasks": tasks_for(request.user, force, day),
        "standing": standing_of(request.user, force, day),
        "is_demonstration": force.opening_day is not None,
    }
    return render(request, "home/start.html", context)
