"""What people hold: said on their own record, confirmed from a list, and recorded by those who may."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.pages import form_methods, form_page, row_or_404
from peelsite.web.templatetags import peelsite_web
from workforce.people.models import Person
from workforce.skills import filters, forms, services
from workforce.skills.models import PersonSkill
from workforce.skills.selectors import waiting_for
from workforce.skills.views import crumbs

WAITING_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@force_page(Action.SKILLS_CONFIRM, narrows=True)
def to_confirm(request: HttpRequest, force: Force) -> HttpResponse:
    """Self-assessments of people within reach; several are confirmed at once."""
    day = opening_day(force)
    waiting = waiting_for(request.user, force, day)
    if request.method == "POST":
        return _confirm_chosen(request, force, waiting)
    asked = filters.WaitingFilter(request.GET, queryset=waiting, request=request)
    asked.form.mark_optional = False
    context = {
        "heading": "Skills to confirm",
        "places": crumbs.places(request, force),
        "breadcrumbs": [crumbs.top(force)],
        "form": asked.form,
        "page": Paginator(asked.qs, WAITING_A_PAGE).get_page(request.GET.get("page")),
        "day": day,
    }
    return render(request, "workforce/skills/to_confirm.html", context)


def _confirm_chosen(request: HttpRequest, force: Force, waiting: Any) -> HttpResponse:
    chosen = {value for value in request.POST.getlist("chosen") if value.isdigit()}
    found = list(waiting.filter(pk__in=chosen))
    try:
        if len(found) < len(chosen):
            raise ValidationError(
                "Some of these were decided, taken back or moved out of your units meanwhile, so nothing is "
                "confirmed. Choose again from the list as it is now."
            )
        services.skills_confirm(waiting=found, user=request.user, day=opening_day(force))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, f"{peelsite_web.counted(len(found), 'skill is,skills are')} confirmed.")
    return redirect(crumbs.to_confirm(force)[1])


@form_methods
@force_page(Action.SKILLS_CONFIRM, narrows=True)
def record(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """Record a proven skill of a person within reach."""
    day = opening_day(force)
    people = Person.objects.of_force(force).within(request.reach, day).exclude(pk__in=_own(request, force))
    person = get_object_or_404(people.select_related("force"), pk=pk)
    return form_page(
        request,
        forms.RecordForm(request.POST or None, person=person, user=request.user, day=day),
        heading=f"Record a skill of {person}",
        intro="For a skill that is proven, such as by a certificate. What was recorded before ends then.",
        button="Record",
        back=(str(person), _person_href(force, person)),
        done=lambda held: (_person_href(force, person), f"{held} of {person} is recorded."),
    )


def _record_form(
    form_class: Callable[..., Any],
    heading: str,
    button: str,
    said: str,
    *,
    to_list: bool = False,
    **page: Any,
) -> Callable[..., Any]:
    """A page with a form about one record of a person within reach."""

    @form_methods
    @force_page(Action.SKILLS_CONFIRM, narrows=True)
    def changed(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
        day = opening_day(force)
        rows = PersonSkill.objects.of_force(force).within(request.reach, day).with_labels()
        held = row_or_404(
            request,
            rows.exclude(person__in=_own(request, force)),
            lambda gone: gone.force_id == force.pk and _is_within(request, gone, day),
            pk=pk,
        )
        person = (str(held.person), _person_href(force, held.person))
        back = crumbs.to_confirm(force) if to_list else person
        return form_page(
            request,
            form_class(request.POST or None, record=held, user=request.user, day=day),
            heading=heading.format(held.person),
            back=back,
            button=button,
            done=lambda saved: (back[1], said),
            breadcrumbs=[crumbs.top(force)] if to_list else [],
            context={"rows": _about(held)},
            template="workforce/skills/record_form.html",
            **page,
        )

    return changed


decide = _record_form(forms.DecideForm, "A skill of {}", "Save", "Your decision is saved.", to_list=True)
end = _record_form(forms.EndForm, "A skill of {} expires", "Save", "The last day is saved.")
withdraw = _record_form(
    forms.WithdrawForm,
    "Withdraw a skill of {}",
    "Withdraw",
    "The record is withdrawn.",
    warning="Only for a record that should not be there. A skill that is lost has a last day.",
)


@form_methods
@force_page(Action.OWN_RECORD_EDIT, narrows=True)
def self_assess(request: HttpRequest, force: Force) -> HttpResponse:
    """Say of oneself that one holds a skill."""
    person = Person.objects.of_force(force).filter(user=request.user).select_related("force").first()
    if person is None:
        return render(request, "workforce/people/own_missing.html", {"heading": "Your record"})
    return form_page(
        request,
        forms.SelfAssessForm(request.POST or None, person=person, user=request.user, day=opening_day(force)),
        heading="Add a skill to your record",
        intro="Your supervisor or HR confirms it. Until then it is shown as self-assessed.",
        button="Add",
        back=_own_crumb(force),
        done=lambda held: (_own_crumb(force)[1], f"{held} is added and waits to be confirmed."),
    )


@form_methods
@force_page(Action.OWN_RECORD_EDIT, narrows=True)
def take_back(request: HttpRequest, force: Force) -> HttpResponse:
    """Take back one of one's own self-assessments that wait; `?record=4` chooses it beforehand."""
    form = forms.TakeBackForm(
        request.POST or None,
        force=force,
        user=request.user,
        initial={"record": request.GET.get("record", "")},
    )
    return form_page(
        request,
        form,
        heading="Take back what you said of a skill",
        button="Take back",
        back=_own_crumb(force),
        done=lambda gone: (_own_crumb(force)[1], f"{gone} is taken back."),
    )


def _own(request: HttpRequest, force: Force) -> Any:
    return Person.objects.of_force(force).filter(user=request.user).values("pk")


def _is_within(request: HttpRequest, gone: PersonSkill, day: Any) -> bool:
    """Whether a record that was removed meanwhile was of somebody within reach, and not the reader's."""
    people = Person.objects.filter(pk=gone.person_id).within(request.reach, day)
    return gone.person.user_id != request.user.pk and people.exists()


def _about(held: PersonSkill) -> list[dict[str, Any]]:
    stated = f"{held.stated_by} on {peelsite_web.day(held.stated_on)}" if held.stated_by else "An import"
    return [
        {"term": "Person", "value": held.person},
        {"term": "Skill", "value": f"{held.skill}, {held.level_name}"},
        {"term": "Dates", "value": peelsite_web.daterange(held.during)},
        {"term": "Evidence", "value": held.evidence or peelsite_web.NOTHING},
        {"term": "Written down by", "value": stated},
    ]


def _person_href(force: Force, person: Person) -> str:
    return reverse("people:person", args=[force.slug, person.pk])


def _own_crumb(force: Force) -> tuple[str, str]:
    return ("Your record", reverse("people:own", args=[force.slug]))
