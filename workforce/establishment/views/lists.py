"""The lists that the figures of the establishment open: each states the same total as its figure."""

from datetime import date

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.audit.models import SensitiveKind
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.lists import ListPage
from peelsite.web.templatetags import peelsite_web
from workforce.establishment import filters, selectors
from workforce.establishment.calc import NONE, figures_sum
from workforce.establishment.models import Post
from workforce.establishment.tables import lists
from workforce.health.reasons import look_record, reason_given, reason_page
from workforce.people.models import Posting
from workforce.people.selectors import names_by_id, with_health


@require_safe
@force_page(Action.ESTABLISHMENT_VIEW, narrows=True)
def posts(request: HttpRequest, force: Force) -> HttpResponse:
    today = opening_day(force)
    day = filters.PostFilter(request.GET, request=request, default_day=today).day
    page = ListPage(
        request,
        table_class=lists.PostTable,
        queryset=selectors.posts_with_filled(Post.objects.of_force(force).with_labels(), day),
        filterset_class=filters.PostFilter,
        title="Posts",
        row_words="post,posts",
        filterset_kwargs={"default_day": today},
        table_kwargs={"force": force, "day": day},
    )
    # The sum leaves out what the list shows of each post, which would be worked out for all of them.
    bare = filters.PostFilter(
        request.GET, queryset=Post.objects.of_force(force), request=request, default_day=today
    )
    fte = bare.qs.aggregate(fte=Sum("fte", default=NONE))["fte"]
    return page.download() or _list(request, force, page, "Posts", day, f"{peelsite_web.fte(fte)} FTE")


@require_safe
@force_page(Action.ESTABLISHMENT_VIEW, narrows=True)
def postings(request: HttpRequest, force: Force) -> HttpResponse:
    """People where they are counted: the rows behind strength and every measure that is part of it."""
    shows_health = request.user.may(Action.HEALTH_VIEW, force)
    named = request.user.reach(Action.PEOPLE_VIEW, force)
    kwargs = {"default_day": opening_day(force), "shows_health": shows_health}
    asked = filters.CountedFilter(request.GET, request=request, **kwargs)
    is_health = asked.shown in selectors.HEALTH_SHOWS
    if is_health and not reason_given(request, force):
        return reason_page(request, force)
    hidden = [
        *([] if named else ["person"]),
        *([] if is_health else ["health_kind", "health_during"]),
        *([] if asked.shown.startswith("seconded") else ["host"]),
        *(["post", "rank", "role", "unit", "location"] if asked.shown == "seconded_out" else []),
    ]
    page = ListPage(
        request,
        table_class=lists.CountedTable,
        queryset=with_health(Posting.objects.of_force(force).with_labels(), asked.day, asked.shown),
        filterset_class=filters.CountedFilter,
        title=dict(filters.SHOWS)[asked.shown],
        row_words="person,people",
        filterset_kwargs=kwargs,
        table_kwargs={"force": force, "day": asked.day, "exclude": hidden, "named": named},
    )
    if is_health:
        people = (posting.person for posting in page.filterset.qs)
        look_record(request, force, people, kind=SensitiveKind.HEALTH_LIST)
    fte = page.filterset.qs.aggregate(fte=Sum("fte", default=NONE))["fte"]
    return page.download() or _list(
        request, force, page, page.title, asked.day, f"{peelsite_web.fte(fte)} FTE"
    )


@require_safe
@force_page(Action.ESTABLISHMENT_VIEW, narrows=True)
def vacancies(request: HttpRequest, force: Force) -> HttpResponse:
    kwargs = {"default_day": opening_day(force)}
    asked = filters.VacancyFilter(request.GET, request=request, **kwargs)
    found = asked.qs
    names = {}
    hidden = ["last_holder_id"]
    if named := request.user.reach(Action.PEOPLE_VIEW, force):
        ids = (each for row in found for each in (row.last_holder_id, row.holder_id))
        names = names_by_id(force, ids, named, asked.day)
        hidden = []
    page = ListPage(
        request,
        table_class=lists.VacancyTable,
        queryset=found,
        title="Vacancies",
        row_words="post,posts",
        table_kwargs={"force": force, "day": asked.day, "names": names, "exclude": hidden},
    )
    page.filterset = asked
    asked.form.mark_optional = False
    fte = sum((row.vacant_fte for row in found), NONE)
    return page.download() or _list(
        request, force, page, "Vacancies", asked.day, f"{peelsite_web.fte(fte)} FTE vacant"
    )


@require_safe
@force_page(Action.ESTABLISHMENT_VIEW, narrows=True)
def gaps(request: HttpRequest, force: Force) -> HttpResponse:
    """Cells short of people or over establishment: what the net gap of any line is made of."""
    asked = filters.GapFilter(request.GET, request=request, default_day=opening_day(force))
    found = asked.qs
    page = ListPage(
        request,
        table_class=lists.GapTable,
        queryset=found,
        title="Gaps by rank, role, location and unit",
        row_words="cell,cells",
        table_kwargs={"force": force, "day": asked.day},
    )
    page.filterset = asked
    asked.form.mark_optional = False
    total = figures_sum(cell.figures for cell in found)
    summary = (
        f"{peelsite_web.fte(total.under_fte)} FTE under, {peelsite_web.fte(total.over_fte)} FTE over, "
        f"net gap {peelsite_web.fte(total.gap_fte)} FTE"
    )
    return page.download() or _list(request, force, page, page.title, asked.day, summary)


def _list(
    request: HttpRequest, force: Force, page: ListPage, heading: str, day: date, summary: str
) -> HttpResponse:
    context = {
        "heading": heading,
        "list_page": page,
        "day": day,
        "summary": summary,
        "breadcrumbs": [
            ("Establishment", f"{reverse('establishment:overview', args=[force.slug])}?on={day}")
        ],
    }
    return render(request, "workforce/establishment/list.html", context)
