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
from peelsite.web.editing.versions import event_model_of

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
    def own_action(self) -> Action | None:
        """What the rows themselves ask for, whoever they point at."""
        return getattr(self.model, "history_action", None)

    @property
    def subject_field(self) -> str:
        """The column with the id of the person whom a row is about, '' where it is about nobody.

        A model says so with `history_subject`; who reads its versions says why.
        """
        return getattr(self.model, "history_subject", "")

    def hidden_from(self, user: User, force: Force) -> frozenset[type[models.Model]]:
        """Models whose rows this table points at and whose names the user may not read in the force."""
        return frozenset(
            field.related_model
            for field in self.model._meta.concrete_fields
            if field.is_relation
            and (action := getattr(field.related_model, "history_action", None)) is not None
            and not user.may(action, force)
        )

    @property
    def place_path(self) -> str:
        """From a row to what it stands in, just below the force: 'item__board' of a decision, else ''."""
        return self.force_path.rpartition("__")[0]

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
    for model in apps.get_models():
        event = event_model_of(model)
        if event is None:
            continue
        path = _force_path(model)
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


def _force_path(model: type[models.Model]) -> str:
    """The shortest way over foreign keys from a row to its force: 'item__board__force'.

    Over keys that every row has, where there is such a way: of the others some rows would belong to no force.
    """
    return _path(model, over_null=False) or _path(model, over_null=True)


def _path(start: type[models.Model], *, over_null: bool) -> str:
    waiting: deque[tuple[type[models.Model], tuple[str, ...]]] = deque([(start, ())])
    while waiting:
        model, path = waiting.popleft()
        for field in model._meta.concrete_fields:
            if not field.is_relation or field.related_model is User or (field.null and not over_null):
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
