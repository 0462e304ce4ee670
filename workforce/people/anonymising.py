"""Leavers whose time is up: who they were goes for good, that somebody served where and when stays.

Postings, absences and limited duties go on pointing at the same row, so that every count of every past day is
what it was; the row no longer says whose it is. Every earlier version of it leaves the history.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.apps import apps
from django.contrib.postgres.functions import RandomUUID
from django.db import models, transaction
from django.db.models import Case, CharField, Max, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat, Replace, Substr

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
REMOVED = "Removed"


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
    imported = _imports_forget(ids)
    before = versions_of(Person, ids)
    # By chance and not by any rule, so that the number left says nothing of the one that was there.
    chance = Substr(Replace(Cast(RandomUUID(), CharField()), Value("-")), 1, 12)
    Person.objects.filter(pk__in=ids).update(
        family_name=NAME, given_names="", number=Concat(Value(NUMBER), chance), user=None, import_id=None
    )
    return joined(
        *texts, imported, history_forget(digests, {Person: before}, reason), labels_forget(ids, reason)
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
    # Where something stood something stays: a rule may ask that a refusal says why. One update, one version.
    rows.update(
        **{
            field.name: Case(When(**{field.name: ""}, then=Value("")), default=Value(REMOVED))
            for field in texts
        }
    )
    if not is_tracked(model):
        return Removed(digests)
    # What the emptying itself wrote is the version that stays; where it changed nothing, the last one does.
    stays = model.pgh_event_model.objects.filter(pgh_obj_id__in=keys).order_by().values("pgh_obj_id")
    last = set(stays.annotate(last=Max("pgh_id")).values_list("last", flat=True))
    return history_forget(digests, {model: [pk for pk in before if pk not in last]}, reason)


def _imports_forget(ids: Sequence[int]) -> Removed:
    gone = []
    for rows in (_import_rows(ids), _import_effects(ids)):
        gone.append(Removed(row_digests(rows.model, list(rows.values_list("pk", flat=True)))))
        rows.delete()
    return joined(*gone)


def import_rows_of(person: Person, users: Sequence[User]) -> Found:
    """What files of people said of the person's numbers: for a subject access export."""
    rows = _import_rows([person.pk]).order_by("pk")
    return Found(ImportRow, rows, ("batch", "row_no", "outcome", "key", "label", "changes"))


def import_effects_of(person: Person, users: Sequence[User]) -> Found:
    """What loading a file changed of the person's row, kept so that it can be undone."""
    return Found(ImportEffect, _import_effects([person.pk]).order_by("pk"), ("batch", "before", "after"))


def _import_rows(ids: Sequence[int]) -> QuerySet[ImportRow]:
    """Rows of files by a number that one of these people has or once had, in their own force."""
    once = Person.pgh_event_model.objects.filter(pgh_obj_id__in=ids).values_list("force_id", "number")
    now = Person.objects.filter(pk__in=ids).values_list("force_id", "number")
    by_force: dict[int, set[str]] = defaultdict(set)
    for force_id, number in (*once, *now):
        by_force[force_id].add(number)
    wanted = Q(pk__in=[])
    for force_id, numbers in by_force.items():
        wanted |= Q(batch__force=force_id, key__in=numbers)
    return ImportRow.objects.filter(wanted, batch__target="people")


def _import_effects(ids: Sequence[int]) -> QuerySet[ImportEffect]:
    return ImportEffect.objects.filter(table=Person._meta.db_table, row_id__in=ids)
