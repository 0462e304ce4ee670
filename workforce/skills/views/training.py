"""The training plan: courses, who has their places and why, and what they cost."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Case, When
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
from workforce.people.models import Person
from workforce.skills import filters, forms, tables
from workforce.skills.models import NEXT, Course, CoursePlace, CourseState
from workforce.skills.selectors import costs_by_year, courses_of, places_of, suggested_for
from workforce.skills.views import crumbs

HOW_SUGGESTED = (
    "Suggested are those whom a requirement asks for this skill, who lack it, and who are free on all days "
    "of the course: each time the next from the unit that is then shortest of it, in share of what it must "
    "have. In a unit those come first who say they can do it already, then by number; renewals come last."
)


@require_safe
@force_page(Action.ESTABLISHMENT_VIEW)
def plan(request: HttpRequest, force: Force) -> HttpResponse:
    """Courses, the next first, and what places cost by plan year and command."""
    day = opening_day(force)
    page = ListPage(
        request,
        table_class=tables.CourseTable,
        queryset=courses_of(force).order_by(_is_over(day), "during", "pk"),
        filterset_class=filters.CourseFilter,
        title="Training plan",
        row_words="course,courses",
        table_kwargs={"force": force, "day": day},
    )
    context = {
        "heading": "Training plan",
        "places": crumbs.places(request, force),
        "breadcrumbs": [crumbs.top(force)],
        "list_page": page,
        "years": costs_by_year(force),
        "may_edit": request.user.may(Action.SKILLS_EDIT, force),
    }
    return page.download() or render(request, "workforce/skills/training.html", context)


def _is_over(day: date) -> Case:
    """Sorts courses that are over after those to come."""
    return Case(When(during__endswith__lte=day, then=1), default=0)


@require_safe
@force_page(Action.ESTABLISHMENT_VIEW)
def course(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """One course: its places and who has them, names only within the reader's reach."""
    found = get_object_or_404(courses_of(force), pk=pk)
    day = opening_day(force)
    named = request.user.reach(Action.PEOPLE_VIEW, force)
    places = list(places_of(found))
    within = Person.objects.of_force(force).within(named, day).values_list("pk", flat=True)
    seen = set(within.filter(pk__in=[place.person_id for place in places])) if named else set()
    may_edit = request.user.may(Action.SKILLS_EDIT, force)
    is_open = found.state != CourseState.CANCELLED
    context = {
        "heading": str(found),
        "breadcrumbs": [crumbs.top(force), crumbs.training(force)],
        "course": found,
        "rows": _about(found, force),
        "figures": _figures(found),
        "places": [(place, place.person_id in seen, bool(NEXT[place.state])) for place in places],
        "may_edit": may_edit,
        "may_offer": may_edit and is_open and found.taken < found.places,
        "may_ask": is_open
        and found.acquired_on >= day
        and bool(request.user.reach(Action.SKILLS_CONFIRM, force)),
        "is_cancelled": not is_open,
    }
    return render(request, "workforce/skills/course.html", context)


@form_methods
@force_page(Action.SKILLS_EDIT)
def create(request: HttpRequest, force: Force) -> HttpResponse:
    """`?what=4-2` chooses the skill and level beforehand."""
    return form_page(
        request,
        forms.CourseCreateForm(
            request.POST or None,
            force=force,
            day=opening_day(force),
            initial={"what": request.GET.get("what", "")},
        ),
        heading="Plan a course",
        button="Add",
        back=crumbs.training(force),
        breadcrumbs=[crumbs.top(force)],
        done=lambda made: (crumbs.of_course(made, force)[1], f"{made} is planned. Offer its places next."),
    )


@form_methods
@force_page(Action.SKILLS_EDIT)
def change(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = _course_of(request, force, pk)
    return form_page(
        request,
        forms.CourseChangeForm(request.POST or None, record=found, day=opening_day(force)),
        heading=f"Change {found}",
        back=crumbs.of_course(found, force),
        breadcrumbs=[crumbs.top(force), crumbs.training(force)],
        done=lambda saved: (crumbs.of_course(saved, force)[1], f"{saved} is changed."),
    )


def _ending(form_class: Callable[..., Any], heading: str, said: str, warning: str, button: str) -> Any:
    @form_methods
    @force_page(Action.SKILLS_EDIT)
    def ended(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
        found = _course_of(request, force, pk)
        return form_page(
            request,
            form_class(request.POST or None, record=found),
            heading=heading.format(found),
            warning=warning,
            button=button,
            back=crumbs.of_course(found, force),
            breadcrumbs=[crumbs.top(force), crumbs.training(force)],
            done=lambda saved: (crumbs.training(force)[1], said.format(saved)),
        )

    return ended


cancel = _ending(
    forms.CourseCancelForm,
    "Cancel {}",
    "{} is cancelled.",
    "Whoever asked for a place or has one gives it up.",
    "Cancel course",
)
remove = _ending(
    forms.CourseRemoveForm,
    "Remove {}",
    "{} is removed.",
    "For a course that was planned by mistake, and for whose places nobody ever asked.",
    "Remove",
)


@form_methods
@force_page(Action.SKILLS_CONFIRM, narrows=True)
def ask(request: HttpRequest, force: Force) -> HttpResponse:
    """Ask for a place for somebody of one's units; `?course=4` chooses the course beforehand."""
    form = forms.AskForm(
        request.POST or None,
        force=force,
        user=request.user,
        day=opening_day(force),
        reach=request.reach,
        initial={"course": request.GET.get("course", "")},
    )
    return form_page(
        request,
        form,
        heading="Ask for a place on a course",
        intro="Asking takes no place. Whoever keeps the training plan offers them.",
        button="Ask",
        back=crumbs.training(force),
        breadcrumbs=[crumbs.top(force)],
        done=lambda place: (
            crumbs.of_course(place.course, force)[1],
            f"A place is asked for {place.person}.",
        ),
    )


@form_methods
@force_page(Action.SKILLS_EDIT)
def offer(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """Offer places to those who close most of the gap, or to somebody else."""
    found = get_object_or_404(courses_of(force), pk=pk)
    day = opening_day(force)
    suggested = suggested_for(found, day)
    # Who was on the page when it was sent may be suggested no longer: the service says what is wrong.
    choices = [(each.person.pk, f"{each.person}. {each.reason}") for each in suggested]
    choices += _sent_beside(request, force, {pk for pk, _ in choices})
    form = forms.OfferForm(
        request.POST or None,
        course=found,
        user=request.user,
        day=day,
        reach=request.user.reach(Action.PEOPLE_VIEW, force),
        suggested=choices,
    )
    back = crumbs.of_course(found, force)
    left = found.places - found.taken
    return form_page(
        request,
        form,
        heading=f"Offer places of {found}",
        intro=f"{peelsite_web.counted(left, 'place is,places are')} left. {HOW_SUGGESTED}",
        button="Offer",
        back=back,
        breadcrumbs=[crumbs.top(force), crumbs.training(force)],
        done=lambda made: (
            back[1],
            f"{peelsite_web.counted(len(made), 'place is,places are')} offered.",
        ),
    )


def _sent_beside(request: HttpRequest, force: Force, known: set[int]) -> list[tuple[int, str]]:
    sent = {int(value) for value in request.POST.getlist("people") if value.isdigit()} - known
    return [(person.pk, str(person)) for person in Person.objects.of_force(force).filter(pk__in=sent)]


@form_methods
@force_page(Action.SKILLS_EDIT)
def place(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """What became of one place."""
    found = row_or_404(
        request,
        CoursePlace.objects.of_force(force).select_related("course__skill", "person"),
        lambda gone: gone.force_id == force.pk,
        pk=pk,
    )
    back = crumbs.of_course(found.course, force)
    return form_page(
        request,
        forms.PlaceForm(request.POST or None, record=found, user=request.user, day=opening_day(force)),
        heading=f"{found.person}: place of {found.course}",
        intro=f"{found.get_state_display()}. The course runs {peelsite_web.daterange(found.course.during)}; "
        f"who passes holds {found.course.skill}, {found.course.level_name}, from its last day.",
        back=back,
        breadcrumbs=[crumbs.top(force), crumbs.training(force)],
        done=lambda saved: (back[1], f"{saved.person}: {saved.get_state_display().lower()}."),
    )


def _course_of(request: HttpRequest, force: Force, pk: int) -> Course:
    rows = Course.objects.of_force(force).select_related("skill", "force")
    return row_or_404(request, rows, lambda gone: gone.force_id == force.pk, pk=pk)


def _about(found: Course, force: Force) -> list[dict[str, Any]]:
    return [
        {
            "term": "Gives",
            "value": found.gives,
            "href": reverse("skills:skill", args=[force.slug, found.skill_id]),
            "action": "Open",
        },
        {"term": "Dates", "value": peelsite_web.daterange(found.during)},
        {"term": "Provider", "value": found.provider},
        {"term": "State", "value": found.get_state_display()},
    ]


def _figures(found: Course) -> list[dict[str, Any]]:
    return [
        {"label": "Places", "value": found.places},
        {"label": "Given", "value": found.taken, "note": f"{found.places - found.taken} left"},
        {"label": "Asked for", "value": found.asked, "note": "beside those given"},
        {"label": "Passed", "value": found.passed},
        {
            "label": "Cost of places given",
            "value": peelsite_web.pounds(found.cost),
            "note": f"{peelsite_web.pounds(found.cost_per_place)} a place, "
            f"{peelsite_web.pounds(found.cost_per_place * found.places)} for all",
        },
    ]
