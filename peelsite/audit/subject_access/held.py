"""Everything held on one person, with the names of others withheld. `plan` says which tables these are.

Free text is handed over as it stands: whoever releases the file reads it first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pghistory.models
from django.db import models
from django.db.models import Count, Max, Min

from peelsite import walls
from peelsite.accounts.models import User
from peelsite.audit.presenters import column_name, plain_words
from peelsite.audit.subject_access import plan
from peelsite.audit.subject_access.registry import all_finders
from peelsite.forces.models import Force

WITHHELD = "name withheld"
_WHEN = (models.DateTimeField, models.DateField)


@dataclass(frozen=True)
class Held:
    """What one table holds on the person: its name, its name in words, its columns, its rows as text."""

    name: str
    title: str
    columns: list[str]
    rows: list[list[str]]

    @property
    def labelled(self) -> list[list[tuple[str, str]]]:
        """Each row as (column, value) pairs, for the page."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


def held_on(person: models.Model) -> list[Held]:
    """Every table that has something on the person in their force, the person's own record first."""
    with walls.within(person.force_id):
        return [each for each in _everything(person) if each.rows]


def _everything(person: models.Model) -> Iterator[Held]:
    model = type(person)
    yield _held(model, model._default_manager.filter(pk=person.pk), person)
    for naming in plan.of_person():
        yield _held(naming.model, _rows(naming, person.pk), person)
    for naming in plan.of_number():
        yield _held(naming.model, _of_force(naming.model, _numbered(naming, person.pk), person.force), person)
    users = _users(person)
    if users:
        yield _held(User, User.objects.filter(pk__in=[user.pk for user in users]), person)
        for naming in plan.of_account():
            rows = _of_force(naming.model, _rows(naming, *[user.pk for user in users]), person.force)
            yield _held(naming.model, rows, person)
        yield _traces(users)
    for finder in all_finders():
        found = finder(person, users)
        yield _held(found.model, found.rows, person, only=found.columns, suffix="_by_text")


def _users(person: models.Model) -> list[User]:
    """Whose own record this is, now or once."""
    event = person.pgh_event_model
    once = event.objects.filter(pgh_obj_id=person.pk, user__isnull=False).values("user_id")
    return list(User.objects.filter(models.Q(pk=person.user_id) | models.Q(pk__in=once)).order_by("pk"))


def _rows(naming: plan.Naming, *keys: int) -> models.QuerySet:
    wanted = models.Q()
    for name in naming.columns:
        wanted |= models.Q(**{f"{name}__in": keys})
    return naming.model._default_manager.filter(wanted).order_by("pk")


def _numbered(naming: plan.Naming, number: int) -> models.QuerySet:
    wanted = models.Q()
    for name in naming.columns:
        wanted |= models.Q(**({f"{name}__contains": [number]} if name.endswith("_ids") else {name: number}))
    return naming.model._default_manager.filter(wanted).order_by("pk")


def _of_force(model: type[models.Model], rows: models.QuerySet, force: Force) -> models.QuerySet:
    """What another force holds is for that force to hand over; what is of no force is handed over by each."""
    to_force = [field for field in model._meta.concrete_fields if field.related_model is Force]
    if not any(field.name == "force" for field in to_force):
        return rows
    return rows.filter(models.Q(force=force) | models.Q(force__isnull=True))


def _traces(users: Sequence[User]) -> Held:
    """What the account did: in which table, as what, how often, from when to when."""
    keys = [user.pk for user in users]
    rows = []
    for naming in plan.of_traces():
        when = next(
            (field.name for field in naming.model._meta.concrete_fields if type(field) in _WHEN), None
        )
        for name in naming.columns:
            found = naming.model._default_manager.filter(**{f"{name}__in": keys}).order_by()
            spans = {"first": Min(when), "last": Max(when)} if when else {}
            counted = found.aggregate(number=Count("pk"), **spans)
            if counted["number"]:
                field = naming.model._meta.get_field(name)
                rows.append([_title(naming.model), column_name(field), *_span(counted)])
    contexts = pghistory.models.Context.objects.filter(metadata__user__in=keys).order_by()
    counted = contexts.aggregate(number=Count("pk"), first=Min("created_at"), last=Max("created_at"))
    if counted["number"]:
        rows.append(["Requests and jobs that changed something", "User", *_span(counted)])
    return Held("account_traces", "What the account did", ["Records", "As", "Rows", "First", "Last"], rows)


def _span(counted: dict[str, Any]) -> list[str]:
    """Rows, first and last as text."""
    days = [plain_words(counted[end]) if counted.get(end) else "" for end in ("first", "last")]
    return [str(counted["number"]), *days]


def _title(model: type[models.Model]) -> str:
    """'Postings'; of a history table 'Postings, earlier versions'."""
    tracked = getattr(model, "pgh_tracked_model", None)
    name = str((tracked or model)._meta.verbose_name_plural)
    return f"{name[:1].upper()}{name[1:]}{', earlier versions' if tracked else ''}"


def _held(
    model: type[models.Model],
    rows: models.QuerySet,
    person: models.Model,
    only: Sequence[str] = (),
    suffix: str = "",
) -> Held:
    fields = [model._meta.get_field(name) for name in only] if only else plan.columns_of(model)
    related = [field.name for field in fields if field.is_relation and not _is_withheld(field, person)]
    return Held(
        f"{model._meta.db_table}{suffix}",
        _title(model),
        [column_name(field) for field in fields],
        [[_cell(row, field, person) for field in fields] for row in rows.select_related(*related)],
    )


def _is_withheld(field: models.Field, person: models.Model) -> bool:
    return field.related_model in (User, type(person))


def _cell(row: Any, field: models.Field, person: models.Model) -> str:
    value = getattr(row, field.attname)
    if value is None or value == "":
        return ""
    if field.name == "person_id" and not field.is_relation:
        return str(person)
    if field.is_relation and field.related_model is type(person) and value == person.pk:
        return str(person)
    if field.is_relation and _is_withheld(field, person):
        return WITHHELD
    if field.is_relation:
        return _named(row, field, value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return plain_words(value)


def _named(row: Any, field: models.Field, value: Any) -> str:
    """The row pointed at by name; by number where the history names one that is gone."""
    try:
        found = getattr(row, field.name)
    except field.related_model.DoesNotExist:
        found = None
    own = getattr(field.related_model, "history_subject", None)
    return f"number {value}" if found is None or own is not None else str(found)
