"""How a force is made up: one page that leads to the lists, a page for each part, and the forms of HR."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force, Unit, WorkerCategory
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.forms import EditForm
from peelsite.web.editing.pages import form_methods, form_page, row_or_404
from peelsite.web.lists import ListPage
from peelsite.web.templatetags import peelsite_web
from workforce.structure import forms, selectors
from workforce.structure.kinds import KINDS, Kind

View = Callable[..., HttpResponse]


@require_safe
@force_page(Action.ESTABLISHMENT_VIEW)
def structure(request: HttpRequest, force: Force) -> HttpResponse:
    """What the force is made of, and how it counts years and weeks."""
    day = opening_day(force)
    context = {
        "heading": "Structure",
        "parts": [
            (kind, reverse(kind.list_name, args=[force.slug]), kind.rows(force, day).count())
            for kind in KINDS
        ],
        "settings": _settings_of(force),
        "may_change_settings": request.user.may(Action.ACCOUNTS_EDIT, force),
        "breadcrumbs": [_establishment(force)],
    }
    return render(request, "workforce/structure/structure.html", context)


@form_methods
@force_page(Action.ACCOUNTS_EDIT)
def settings(request: HttpRequest, force: Force) -> HttpResponse:
    """Settings of the force: for its administrator, as they change how every page counts."""
    return form_page(
        request,
        forms.ForceForm(request.POST or None, record=force),
        heading=f"Settings of {force}",
        intro="They hold for every page, download and email of the force, for all who use them.",
        back=_top(force),
        breadcrumbs=[_establishment(force)],
        done=lambda _saved: (reverse("structure:structure", args=[force.slug]), "The settings are saved."),
    )


def list_view(kind: Kind) -> View:
    """The list of one kind."""

    @require_safe
    @force_page(Action.ESTABLISHMENT_VIEW)
    def parts(request: HttpRequest, force: Force) -> HttpResponse:
        day = opening_day(force)
        page = ListPage(
            request,
            table_class=kind.table,
            queryset=kind.rows(force, day),
            filterset_class=kind.filters,
            title=kind.title,
            row_words=kind.words,
            table_kwargs={"force": force, "day": day},
        )
        context = {
            "heading": kind.title,
            "kind": kind,
            "list_page": page,
            "day": day,
            "counts_posts": kind.posts_filter,
            "create_href": reverse(f"structure:{kind.name}-create", args=[force.slug]),
            "may_edit": request.user.may(Action.ESTABLISHMENT_EDIT, force),
            "breadcrumbs": [_establishment(force), _top(force)],
        }
        return page.download() or render(request, "workforce/structure/list.html", context)

    return parts


def part_view(kind: Kind) -> View:
    """One part: what it is, and what leans on it."""

    @require_safe
    @force_page(Action.ESTABLISHMENT_VIEW)
    def part(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
        found = get_object_or_404(kind.rows(force, opening_day(force)), pk=pk)
        is_own = found.force_id == force.pk
        leaning = selectors.leaning_on(found) if is_own else ()
        may_edit = is_own and request.user.may(Action.ESTABLISHMENT_EDIT, force)
        context = {
            "heading": str(found),
            "kind": kind,
            "part": found,
            "rows": _rows(kind, found, force),
            "leaning": selectors.leaning_words(leaning) if leaning else "",
            "is_own": is_own,
            "actions": _actions(kind, found, force, bool(leaning)) if may_edit else [],
            "below": list(found.children.order_by("name")) if isinstance(found, Unit) else [],
            "history_href": reverse("history:record", args=[force.slug, found._meta.label_lower, found.pk])
            if is_own and request.user.may(Action.HISTORY_VIEW, force)
            else "",
            "breadcrumbs": [_establishment(force), _top(force), _list_of(kind, force)],
        }
        return render(request, "workforce/structure/part.html", context)

    return part


def create_view(kind: Kind) -> View:
    @form_methods
    @force_page(Action.ESTABLISHMENT_EDIT)
    def create(request: HttpRequest, force: Force) -> HttpResponse:
        under = request.GET.get("under", "")
        initial = {"parent": under} if kind.model is Unit and under.isdigit() else None
        return form_page(
            request,
            kind.create(request.POST or None, force=force, initial=initial),
            heading=f"Add {_a(kind.noun)}",
            button="Add",
            back=_list_of(kind, force),
            breadcrumbs=[_establishment(force), _top(force)],
            done=lambda made: (_href(kind, force, made), f"{made} is added."),
        )

    return create


def part_form(
    kind: Kind,
    form_class: type[EditForm],
    heading: Callable[[Any], str],
    said: str,
    *,
    is_removal: bool = False,
    **page: Any,
) -> View:
    """A page with a form about one part; `said` is what became of it. A removal leads to the list."""

    @form_methods
    @force_page(Action.ESTABLISHMENT_EDIT)
    def changed(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
        found = _own(request, kind, force, pk)
        rows = _list_of(kind, force)
        return form_page(
            request,
            form_class(request.POST or None, record=found),
            heading=heading(found),
            back=(str(found), _href(kind, force, found)),
            breadcrumbs=[_establishment(force), _top(force), rows],
            done=lambda saved: (rows[1] if is_removal else _href(kind, force, saved), f"{saved} {said}."),
            **page,
        )

    return changed


def change_view(kind: Kind) -> View:
    return part_form(
        kind,
        kind.change,
        lambda part: f"Change {part}",
        "is changed",
        intro="The new words show on days past too. Published packs and minutes stay.",
    )


def remove_view(kind: Kind) -> View:
    return part_form(
        kind,
        forms.PartRemoveForm,
        lambda part: f"Remove {part}",
        "is removed",
        is_removal=True,
        warning="For what was added by mistake: it goes from every list. Its history stays.",
        button="Remove",
    )


UNIT = next(kind for kind in KINDS if kind.model is Unit)

unit_move = part_form(
    UNIT,
    forms.UnitMoveForm,
    lambda unit: f"Move {unit}",
    "is moved",
    intro="Everything below it moves with it. Figures by unit follow the tree as it is now, on days past "
    "too; published packs and minutes stay as they are.",
    button="Move",
)
unit_close = part_form(
    UNIT,
    forms.UnitCloseForm,
    lambda unit: f"Close {unit}" if unit.closed_on is None else f"Closing day of {unit}",
    "is saved",
    intro="A closed unit stays in the figures of the days before. Its posts have ended or moved by then, and "
    "the units below it are closed.",
)


def _own(request: HttpRequest, kind: Kind, force: Force, pk: int) -> Any:
    """A part of this force; national ranks are nobody's to change here."""
    rows = kind.model._default_manager.filter(force=force)
    return row_or_404(request, rows, lambda gone: gone.force_id == force.pk, pk=pk)


def _establishment(force: Force) -> tuple[str, str]:
    return ("Establishment", reverse("establishment:overview", args=[force.slug]))


def _top(force: Force) -> tuple[str, str]:
    return ("Structure", reverse("structure:structure", args=[force.slug]))


def _list_of(kind: Kind, force: Force) -> tuple[str, str]:
    return (kind.title, reverse(kind.list_name, args=[force.slug]))


def _href(kind: Kind, force: Force, part: models.Model) -> str:
    return reverse(f"structure:{kind.name}", args=[force.slug, part.pk])


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"


def _rows(kind: Kind, part: Any, force: Force) -> list[dict[str, Any]]:
    rows = [
        {"term": term, "value": peelsite_web.NOTHING if value in (None, "") else value}
        for term, value in kind.terms(part)
    ]
    if kind.posts_filter:
        day = opening_day(force)
        posts = {
            "term": f"Posts on {peelsite_web.day(day)}",
            "value": peelsite_web.counted(part.posts_count, "post,posts"),
        }
        if part.posts_count:
            address = reverse("establishment:posts", args=[force.slug])
            posts |= {"href": f"{address}?{kind.posts_filter}={part.pk}", "action": "Open"}
        rows.append(posts)
    return rows


def _actions(kind: Kind, part: Any, force: Force, leant_on: bool) -> list[tuple[str, str]]:
    """Buttons of a part's page: (label, address)."""
    names = [("Change", "change")]
    if isinstance(part, Unit):
        names += [("Move", "move"), ("Close" if part.closed_on is None else "Closing day", "close")]
    if not leant_on:
        names.append(("Remove", "remove"))
    return [
        (label, reverse(f"structure:{kind.name}-{name}", args=[force.slug, part.pk])) for label, name in names
    ]


def _settings_of(force: Force) -> list[dict[str, Any]]:
    month = dict(forms.MONTHS)[force.leave_year_starts_month]
    types = [WorkerCategory(category).label for category in force.worker_categories]
    opens = peelsite_web.day(force.opening_day) if force.opening_day else "today"
    return [
        {"term": "Worker types kept here", "value": ", ".join(types)},
        {"term": "Leave year starts on", "value": f"{force.leave_year_starts_day} {month}"},
        {"term": "Week starts on", "value": force.get_week_starts_on_display()},
        {"term": "Pages open on the figures of", "value": opens},
    ]
