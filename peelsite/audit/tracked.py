"""Which tables keep history, how each belongs to a force, and who may read it.

A model says with `history_action` that more than `history.view` is needed to read its versions. A model that
points at such a model needs the same: a posting names a person, so it needs what a person needs.
"""

from collections import deque
from dataclasses import dataclass
from functools import cache

import pghistory.models
from django.apps import apps
from django.db import models

from peelsite.accounts.models import ApiToken, Membership, User
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force

LONGEST_PATH = 4


@dataclass(frozen=True)
class TrackedTable:
    """`name` stands in addresses ('workforce.post'); `force_path` leads from an event to its force."""

    name: str
    model: type[models.Model]
    event: type[pghistory.models.Event]
    force_path: str
    actions: frozenset[Action]

    @property
    def many(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    @property
    def title(self) -> str:
        return f"{self.many[:1].upper()}{self.many[1:]}"

    @property
    def one(self) -> str:
        name = str(self.model._meta.verbose_name)
        return f"{name[:1].upper()}{name[1:]}"

    def of_force(self, force: Force) -> models.Q:
        """Events of rows that belong to the force."""
        if self.model is Force:
            return models.Q(pgh_obj_id=force.pk)
        if self.model is User:
            return models.Q(pgh_obj_id__in=_members(force))
        if self.model is ApiToken:
            return models.Q(user_id__in=_members(force))
        return models.Q(**{self.force_path: force.pk})


def _members(force: Force) -> models.QuerySet:
    return Membership.objects.filter(force=force).values("user_id")


@cache
def tracked_tables() -> dict[str, TrackedTable]:
    """Every tracked table whose rows belong to a force, by name, in the order of their titles."""
    tables = {}
    for event in apps.get_models():
        model = getattr(event, "pgh_tracked_model", None)
        if model is None or not issubclass(event, pghistory.models.Event):
            continue
        path = _force_path(event)
        if path or model in (Force, User, ApiToken):
            tables[model._meta.label_lower] = TrackedTable(
                model._meta.label_lower, model, event, path, _actions(model)
            )
    return dict(sorted(tables.items(), key=lambda item: item[1].title))


def readable_tables(user: User, force: Force) -> dict[str, TrackedTable]:
    """The tables whose history the user may read in the force."""
    return {
        name: table
        for name, table in tracked_tables().items()
        if all(user.may(action, force) for action in table.actions)
    }


def _force_path(event: type[models.Model]) -> str:
    """The shortest way over foreign keys from an event's columns to a force: 'board__series__force'."""
    waiting: deque[tuple[type[models.Model], tuple[str, ...]]] = deque([(event, ())])
    while waiting:
        model, path = waiting.popleft()
        for field in model._meta.concrete_fields:
            if not field.is_relation or field.name.startswith("pgh_") or field.related_model is User:
                continue
            if field.related_model is Force:
                return "__".join([*path, field.name])
            if len(path) < LONGEST_PATH and field.related_model is not model:
                waiting.append((field.related_model, (*path, field.name)))
    return ""


def _actions(model: type[models.Model]) -> frozenset[Action]:
    """What the model and the models that it points at ask for."""
    asked = {Action.HISTORY_VIEW}
    related = [field.related_model for field in model._meta.concrete_fields if field.is_relation]
    for each in (model, *related):
        action = getattr(each, "history_action", None)
        if action is not None:
            asked.add(action)
    return frozenset(asked)
