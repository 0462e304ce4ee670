"""Leavers whose time is up: who they were goes for good, that somebody served where and when stays.

Postings, absences and limited duties go on pointing at the same row, so that every count of every past day is
what it was; the row no longer says whose it is. Every earlier version of it leaves the history.
"""

import secrets
from collections.abc import Sequence
from datetime import date

from django.apps import apps
from django.db import models, transaction
from django.db.models import Max, Q, QuerySet

from peelsite.accounts.models import User
from peelsite.audit.retention.registry import Removed
from peelsite.audit.retention.removal import (
    history_forget,
    is_tracked,
    joined,
    labels_forget,
    row_digests,
    versions_of,
)
from peelsite.audit.subject_access.registry import Found
from peelsite.forces.models import Force
from peelsite.imports.models import ImportEffect, ImportRow
from workforce.people.models import Person

NAME = "Former member"
NUMBER = "anon-"


def leavers_before(force: Force, day: date) -> QuerySet[Person]:
    """People whose last day employed was before `day` and whose name is still held."""
    return Person.objects.of_force(force).filter(employed__endswith__lte=day).exclude(is_anonymous())


def is_anonymous() -> Q:
    """The condition on people who were anonymised."""
    return Q(family_name=NAME, given_names="", number__startswith=NUMBER)


@transaction.atomic
def people_anonymise(ids: Sequence[int], reason: str) -> Removed:
    """Take away names, number, sign-in and all earlier versions; nothing in the site leads back to them.

    With them go the free text of records about these people, what imports kept of their rows, and their names
    in the list of sensitive reads. Proof is by the digests of what went.
    """
    texts = [_texts_emptied(model, ids, reason) for model in about_people()]
    digests = row_digests(Person, ids)
    imported = [_imports_forget(person) for person in Person.objects.filter(pk__in=ids)]
    before = versions_of(Person, ids)
    people = list(Person.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    for person in people:
        person.family_name, person.given_names = NAME, ""
        # By chance and not by any rule, so that it says nothing of the number that was there.
        person.number = f"{NUMBER}{secrets.token_hex(6)}"
        person.user = None
        person.import_id = None
    Person.objects.bulk_update(people, ["family_name", "given_names", "number", "user", "import_id"])
    return joined(
        *texts, *imported, history_forget(digests, {Person: before}, reason), labels_forget(ids, reason)
    )


def about_people() -> list[type[models.Model]]:
    """Models whose rows are about one person, as they say of themselves: a room built later is in."""
    return [
        model
        for model in apps.get_models()
        if getattr(model, "history_subject", "") == "person"
        and any(field.related_model is Person for field in model._meta.concrete_fields)
    ]


def free_texts(model: type[models.Model]) -> list[models.Field]:
    """Columns of free text that may be empty: what people wrote in them may name anybody."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and field.blank and not field.choices
    ]


def _texts_emptied(model: type[models.Model], ids: Sequence[int], reason: str) -> Removed:
    texts = free_texts(model)
    rows = model._default_manager.filter(person__in=ids)
    keys = list(rows.values_list("pk", flat=True)) if texts else []
    if not keys:
        return Removed()
    digests = row_digests(model, keys)
    before = versions_of(model, keys) if is_tracked(model) else []
    rows.update(**{field.name: "" for field in texts})
    if not is_tracked(model):
        return Removed(digests)
    # What the emptying itself wrote is the version that stays; where it changed nothing, the last one does.
    stays = model.pgh_event_model.objects.filter(pgh_obj_id__in=keys).order_by().values("pgh_obj_id")
    last = set(stays.annotate(last=Max("pgh_id")).values_list("last", flat=True))
    return history_forget(digests, {model: [pk for pk in before if pk not in last]}, reason)


def _imports_forget(person: Person) -> Removed:
    parts = [import_rows_of(person, ()).rows, import_effects_of(person, ()).rows]
    digests = joined(
        *(Removed(row_digests(rows.model, list(rows.values_list("pk", flat=True)))) for rows in parts)
    )
    for rows in parts:
        rows.delete()
    return digests


def import_rows_of(person: Person, users: Sequence[User]) -> Found:
    """What files of people said of the person's number: for a subject access export."""
    numbers = {person.number, *_numbers_once(person)}
    rows = ImportRow.objects.filter(batch__force=person.force_id, batch__target="people", key__in=numbers)
    return Found(ImportRow, rows.order_by("pk"), ("batch", "row_no", "outcome", "key", "label", "changes"))


def import_effects_of(person: Person, users: Sequence[User]) -> Found:
    """What loading a file changed of the person's row, kept so that it can be undone."""
    table = Person._meta.db_table
    rows = ImportEffect.objects.filter(batch__force=person.force_id, table=table, row_id=person.pk)
    return Found(ImportEffect, rows.order_by("pk"), ("batch", "before", "after"))


def _numbers_once(person: Person) -> set[str]:
    events = Person.pgh_event_model.objects.filter(pgh_obj_id=person.pk)
    return set(events.values_list("number", flat=True))
