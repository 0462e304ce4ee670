"""Everything held on one person, found from the models, with the names of others withheld.

Which tables these are is found from the foreign keys to the person's model, so that a room built later is in
without anybody adding it. Free text is handed over as it stands: whoever releases the file reads it first.
"""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from django.apps import apps
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone

from peelsite.accounts.models import User
from peelsite.audit.models import SensitiveRead
from peelsite.audit.presenters import column_name, plain_words
from peelsite.forces.models import Force
from peelsite.web.exports import xlsx_write

WITHHELD = "name withheld"


@dataclass(frozen=True)
class Held:
    """What one table holds on the person: its name in words, its columns, its rows as text."""

    name: str
    title: str
    columns: list[str]
    rows: list[list[str]]

    @property
    def labelled(self) -> list[list[tuple[str, str]]]:
        """Each row as (column, value) pairs, for the page."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


def tables_naming(subject: type[models.Model]) -> Iterator[tuple[type[models.Model], list[str]]]:
    """Every table with a row version or a row that points at the subject's model, and by which columns."""
    for model in apps.get_models(include_auto_created=True):
        names = [
            field.name
            for field in model._meta.concrete_fields
            if field.is_relation and field.related_model is subject
        ]
        if names and model._meta.managed and not model._meta.proxy:
            yield model, names


def held_on(person: models.Model) -> list[Held]:
    """Every table that has something on the person, the person's own record first."""
    model = type(person)
    held = [_held(model, model._default_manager.filter(pk=person.pk), person)]
    for other, names in tables_naming(model):
        naming = models.Q()
        for name in names:
            naming |= models.Q(**{name: person.pk})
        held.append(_held(other, other._default_manager.filter(naming).order_by("pk"), person))
        held += _accounts(other, naming, person)
    reads = SensitiveRead.objects.about(person.pk).order_by("pk")
    rows = [[plain_words(read.at), read.get_kind_display(), read.reason] for read in reads]
    held.append(Held("sensitive_reads", "Who looked at sensitive records", ["When", "What", "Reason"], rows))
    return [each for each in held if each.rows]


def _accounts(model: type[models.Model], naming: models.Q, person: models.Model) -> list[Held]:
    """The sign-in account, where a table links the person with a user one to one."""
    links = [
        field
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is User and field.name == "user"
    ]
    users = User.objects.filter(pk__in=[pk for link in links for pk in _ids(model, naming, link)])
    return [_held(User, users, person, only=("email", "name", "is_active", "joined_at"))] if links else []


def _ids(model: type[models.Model], naming: models.Q, link: models.Field) -> list[int]:
    return list(model._default_manager.filter(naming).values_list(link.attname, flat=True))


def _held(
    model: type[models.Model], rows: models.QuerySet, person: models.Model, only: Sequence[str] = ()
) -> Held:
    fields = [
        field
        for field in model._meta.concrete_fields
        if (field.name in only if only else not field.name.startswith("pgh_context"))
    ]
    related = [field.name for field in fields if field.is_relation and not _is_withheld(field, person)]
    return Held(
        model._meta.db_table,
        str(model._meta.verbose_name_plural).capitalize(),
        [column_name(field) for field in fields],
        [[_cell(row, field, person) for field in fields] for row in rows.select_related(*related)],
    )


def _is_withheld(field: models.Field, person: models.Model) -> bool:
    return field.related_model in (User, type(person))


def _cell(row: Any, field: models.Field, person: models.Model) -> str:
    value = getattr(row, field.attname)
    if value is None or value == "":
        return ""
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


def subject_access_write(target: IO[bytes], *, person: models.Model, force: Force, reason: str) -> list[Held]:
    """A zip with a page to read (index.html) and one workbook a table; what was held is returned.

    The caller has written down the sensitive read before.
    """
    held = held_on(person)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        page = {"held": held, "person": person, "force": force, "reason": reason, "now": timezone.now()}
        archive.writestr("index.html", render_to_string("history/subject_access.html", page))
        for each in held:
            workbook = BytesIO()
            xlsx_write(workbook, each.title, each.columns, each.rows)
            archive.writestr(f"{each.name}.xlsx", workbook.getvalue())
    return held
