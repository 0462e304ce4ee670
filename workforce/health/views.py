"""Health records of one person, behind the reason for looking at them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.web.editing.pages import form_methods
from workforce.health.forms import ReasonForm
from workforce.health.reasons import look_record, reason_given, reason_keep, reason_page
from workforce.people.models import Person

INTRO = (
    "Records of absence and of limited duties are health data. Who opens them, whose they are, when and why "
    "is written down, and can be read by HR, auditors and the person concerned."
)


@form_methods
@force_page(Action.HEALTH_VIEW)
def reason(request: HttpRequest, force: Force) -> HttpResponse:
    """Ask why, keep it for this session, and go on to where the reader wanted to be."""
    onward = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(onward, allowed_hosts=None) or not onward.startswith("/"):
        onward = reverse("people:list", args=[force.slug])
    form = ReasonForm(request.POST or None, initial={"reason": reason_given(request, force)})
    if request.method == "POST" and form.is_valid():
        reason_keep(request, force, form.cleaned_data["reason"])
        return redirect(onward)
    context = {
        "heading": "Health records",
        "form": form,
        "intro": INTRO,
        "button": "Continue",
        "cancel_href": reverse("people:list", args=[force.slug]),
    }
    return render(request, "web/form_page.html", context)


@require_safe
@force_page(Action.HEALTH_VIEW)
def record(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """Absences and limited duties of one person; each look is written down."""
    person = get_object_or_404(Person.objects.of_force(force).select_related("force"), pk=pk)
    if not reason_given(request, force):
        return reason_page(request, force)
    look_record(request, force, [person])
    context = {
        "heading": f"Health record of {person.full_name}",
        "person": person,
        "reason": reason_given(request, force),
        "absences": person.absences.order_by("-during"),
        "duties": person.limited_duties.order_by("-during"),
        "may_edit": request.user.may(Action.HEALTH_EDIT, force),
        "breadcrumbs": [
            ("People", reverse("people:list", args=[force.slug])),
            (str(person), reverse("people:person", args=[force.slug, person.pk])),
        ],
    }
    return render(request, "workforce/health/record.html", context)
