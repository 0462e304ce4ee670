"""Pages of joint units, which decide what people of another force are shown: administrators keep them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.models import Membership
from peelsite.accounts.permissions import Action, Role
from peelsite.forces.models import Force, JointUnit
from peelsite.web.editing.pages import form_methods, form_page
from peelsite.web.templatetags import peelsite_web
from workforce.joint_units import forms


@require_safe
@force_page(Action.ACCOUNTS_EDIT)
def joint_units(request: HttpRequest, force: Force) -> HttpResponse:
    """Every arrangement, ended ones too, and who of the partners may see what. Two queries."""
    partners = Membership.objects.filter(force=force, role=Role.PARTNER, is_active=True)
    context = {
        "heading": "Joint units",
        "joint_units": JointUnit.objects.of_force(force).select_related("unit", "partner"),
        "partners": partners.select_related("user", "unit").order_by("user__name"),
        "breadcrumbs": [("Members", reverse("accounts:members", args=[force.slug]))],
    }
    return render(request, "workforce/joint_units/list.html", context)


@form_methods
@force_page(Action.ACCOUNTS_EDIT)
def begin(request: HttpRequest, force: Force) -> HttpResponse:
    return form_page(
        request,
        forms.JointUnitForm(request.POST or None, force=force),
        heading="Run a unit with another force",
        intro="Its people may then be given the role of a partner in the unit, and see its posts and people.",
        back=_top(force),
        done=lambda made: (_top(force)[1], f"{made.unit} is run with {made.partner}."),
        button="Save",
    )


@form_methods
@force_page(Action.ACCOUNTS_EDIT)
def end(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    joint = get_object_or_404(JointUnit.objects.of_force(force).select_related("unit", "partner"), pk=pk)
    return form_page(
        request,
        forms.JointUnitEndForm(request.POST or None, joint=joint),
        heading=f"{joint.unit} is no longer run with {joint.partner}",
        intro=f"Run together {peelsite_web.daterange(joint.during)}.",
        back=_top(force),
        done=lambda ended: (_top(force)[1], "The end is saved."),
        button="Save",
    )


def _top(force: Force) -> tuple[str, str]:
    return ("Joint units", reverse("joint_units:list", args=[force.slug]))
