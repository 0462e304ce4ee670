"""Pages of people: who they are, where they are posted, and what keeps them from full duty."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.audit.subject_access.selectors import may_answer
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.pages import form_methods, form_page, row_or_404
from peelsite.web.lists import ListPage
from peelsite.web.templatetags import peelsite_web
from workforce.health.reasons import reason_given, reason_page
from workforce.people import filters, forms, selectors, tables
from workforce.people.models import AWAY_KINDS, Absence, LimitedDuty, Person, Posting
from workforce.people.panels import panels_of


@require_safe
@force_page(Action.PEOPLE_VIEW, narrows=True)
def people(request: HttpRequest, force: Force) -> HttpResponse:
    kwargs = {"default_day": opening_day(force)}
    day = filters.PersonFilter(request.GET, request=request, **kwargs).day
    page = ListPage(
        request,
        table_class=tables.PersonTable,
        queryset=selectors.people_at(Person.objects.of_force(force).within(request.reach, day), day),
        filterset_class=filters.PersonFilter,
        title="People",
        row_words="person,people",
        filterset_kwargs=kwargs,
        table_kwargs={"force": force, "day": day},
    )
    context = {
        "heading": "People",
        "list_page": page,
        "day": day,
        "may_edit": request.user.may(Action.PEOPLE_EDIT, force),
        "breadcrumbs": [("Establishment", reverse("establishment:overview", args=[force.slug]))],
    }
    return page.download() or render(request, "workforce/people/people.html", context)


@require_safe
@force_page(Action.PEOPLE_VIEW, narrows=True)
def person(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """One person: employment, and postings over time."""
    today = opening_day(force)
    people = Person.objects.of_force(force).within(request.reach, today).select_related("force", "user")
    found = get_object_or_404(people, pk=pk)
    return _person_page(request, force, found, breadcrumbs=[_top(force)])


@require_safe
@force_page(Action.OWN_RECORD_VIEW, narrows=True)
def own(request: HttpRequest, force: Force) -> HttpResponse:
    """The record of whoever asks."""
    today = opening_day(force)
    people = Person.objects.of_force(force).within(request.reach, today).select_related("force", "user")
    found = people.filter(user=request.user).first()
    if found is None:
        return render(request, "workforce/people/own_missing.html", {"heading": "Your record"})
    return _person_page(request, force, found, breadcrumbs=[], is_own=True)


def _person_page(
    request: HttpRequest,
    force: Force,
    found: Person,
    *,
    breadcrumbs: list[tuple[str, str]],
    is_own: bool = False,
) -> HttpResponse:
    today = opening_day(force)
    postings = list(selectors.postings_of(found))
    context = {
        "heading": found.full_name,
        "person": found,
        "rows": _rows(found, postings, today),
        "postings": postings,
        "panels": panels_of(request, found, is_own=is_own),
        "running": {posting.pk for posting in postings if _reaches(posting.during, today)},
        "may_see_health": request.user.may(Action.HEALTH_VIEW, force),
        "may_see_posts": bool(request.user.reach(Action.ESTABLISHMENT_VIEW, force)),
        "is_employed": found.employed.upper is None,
        "may_edit": request.user.may(Action.PEOPLE_EDIT, force),
        "may_see_history": request.user.may(Action.HISTORY_VIEW, force),
        "may_answer_access": may_answer(request.user, force),
        "breadcrumbs": breadcrumbs,
    }
    return render(request, "workforce/people/person.html", context)


@form_methods
@force_page(Action.PEOPLE_EDIT)
def create(request: HttpRequest, force: Force) -> HttpResponse:
    return form_page(
        request,
        forms.PersonCreateForm(request.POST or None, force=force),
        heading="Add a person",
        back=_top(force),
        done=lambda made: (_href(made), f"{made} is added. Give them a posting next."),
        button="Add person",
    )


def _person_form(
    form_class: Callable[..., Any], heading: str, button: str, said: str, action: Action = Action.PEOPLE_EDIT
) -> Callable[..., HttpResponse]:
    """A page with a form about one person, who is named in its heading and in what is said afterwards."""

    @form_methods
    @force_page(action)
    def page(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
        found = _person_of(request, force, pk)
        return form_page(
            request,
            form_class(request.POST or None, person=found),
            heading=heading.format(found),
            button=button,
            back=(str(found), _href(found)),
            done=lambda saved: (_href(found), said.format(found)),
            breadcrumbs=[_top(force)],
        )

    return page


correct = _person_form(
    forms.PersonCorrectForm, "Correct the record of {}", "Save", "The record is corrected."
)
user = _person_form(forms.PersonUserForm, "Sign-in of {}", "Save", "The sign-in is saved.")
leave = _person_form(forms.PersonLeaveForm, "{} leaves the force", "Record leaving", "{} leaves the force.")
posting_create = _person_form(
    forms.PostingCreateForm, "New posting of {}", "Add posting", "The posting is added."
)
absence_create = _person_form(
    forms.AbsenceForm, "Absence of {}", "Record absence", "The absence is recorded.", Action.HEALTH_EDIT
)
duty_create = _person_form(
    forms.LimitedDutyForm,
    "Limited duties of {}",
    "Record limited duties",
    "The limited duties are recorded.",
    Action.HEALTH_EDIT,
)


def _row_form(
    model: type,
    form_class: Callable[..., Any],
    heading: str,
    button: str,
    said: str,
    *,
    action: Action = Action.PEOPLE_EDIT,
    warning: str = "",
) -> Callable[..., HttpResponse]:
    """A page with a form about one posting, absence or limited duty of a person."""

    @form_methods
    @force_page(action)
    def page(request: HttpRequest, force: Force, pk: int, row_pk: int) -> HttpResponse:
        row = row_or_404(
            request,
            model.objects.of_force(force).select_related("person"),
            lambda gone: gone.force_id == force.pk and gone.person_id == pk,
            pk=row_pk,
            person_id=pk,
        )
        if action == Action.HEALTH_EDIT and not reason_given(request, force):
            return reason_page(request, force)
        return form_page(
            request,
            form_class(request.POST or None, record=row),
            heading=heading.format(row.person),
            intro=f"{row.get_kind_display()}, {peelsite_web.daterange(row.during)}",
            warning=warning,
            button=button,
            back=(str(row.person), _href(row.person)),
            done=lambda saved: (_href(row.person), said),
            breadcrumbs=[_top(force)],
        )

    return page


posting_end = _row_form(
    Posting, forms.PostingEndForm, "End a posting of {}", "End posting", "The posting has an end."
)
posting_withdraw = _row_form(
    Posting,
    forms.PostingWithdrawForm,
    "Withdraw a posting of {}",
    "Withdraw posting",
    "The posting is withdrawn.",
    warning="Only for a posting that should not have been recorded. One that is over has an end.",
)
absence_end = _row_form(
    Absence,
    forms.AbsenceEndForm,
    "End of an absence of {}",
    "Record end",
    "The absence has an end.",
    action=Action.HEALTH_EDIT,
)
duty_end = _row_form(
    LimitedDuty,
    forms.LimitedDutyEndForm,
    "End of limited duties of {}",
    "Record end",
    "The limited duties have an end.",
    action=Action.HEALTH_EDIT,
)


def _person_of(request: HttpRequest, force: Force, pk: int) -> Person:
    """The person, or, where a form about them is sent, the one whose record was removed meanwhile."""
    people = Person.objects.of_force(force).select_related("force")
    return row_or_404(request, people, lambda gone: gone.force_id == force.pk, pk=pk)


def _top(force: Force) -> tuple[str, str]:
    return ("People", reverse("people:list", args=[force.slug]))


def _href(person: Person) -> str:
    return reverse("people:person", args=[person.force.slug, person.pk])


def _reaches(during: Any, day: Any) -> bool:
    """Whether a range has not ended by a day."""
    return during.upper is None or during.upper > day


def _rows(person: Person, postings: list[Posting], today: Any) -> list[dict[str, Any]]:
    now = [
        posting for posting in postings if posting.during.lower <= today and _reaches(posting.during, today)
    ]
    counted = next((posting for posting in now if posting.kind in AWAY_KINDS), now[0] if now else None)
    if counted is None:
        place = "In no post today"
    elif counted.post is None:
        place = f"Seconded out to {counted.host}"
    else:
        place = f"{counted.post.rank}, {counted.post.role}, {counted.post.unit}, {counted.post.location}"
    rows = [
        {"term": "Collar or payroll number", "value": person.number},
        {"term": "Employed", "value": peelsite_web.daterange(person.employed)},
        {"term": "Counted today", "value": place},
    ]
    if person.user:
        rows.append({"term": "Signs in as", "value": str(person.user)})
    if person.leaving_reason:
        rows.append({"term": "Reason for leaving", "value": person.get_leaving_reason_display()})
    return rows
