"""Which tables hold something of a person, found from the models: a room built later is in by itself.

A table holds something of a person when it

- names the person by a foreign key, or keeps the person's number in `person_id` or `person_ids`;
- belongs to the person's sign-in account (its key to the user deletes it or lets go with the user);
- or keeps what the account did (any other key to a user): of those rows, which are about something else,
  only how many and when.

What is left out of this stands in LEFT_OUT with its reason; a test fails for a table that is in neither.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db import models

from peelsite.accounts.models import User
from peelsite.audit.tracked import tracked_tables

NUMBERS = ("person_id", "person_ids")

LEFT_OUT: dict[str, str] = {
    "web.SentForm": "keys of pages that were sent, gone in two days; what was sent is in the records",
    "django_session": "Django's own session table is not used; sessions are in accounts.Session",
}

_TOKEN = ("name", "actions", "force", "created_at", "expires_at", "revoked_at")
_USER = ("email", "name", "is_active", "is_staff", "joined_at")
_HISTORY = ("pgh_created_at", "pgh_label")
# Of these tables only some columns: the others are secrets, or about other people.
ONLY: dict[str, tuple[str, ...]] = {
    "accounts.User": (*_USER, "last_login"),
    "accounts.UserEvent": (*_HISTORY, *_USER),
    "accounts.ApiToken": (*_TOKEN, "last_used_at"),
    "accounts.ApiTokenEvent": (*_HISTORY, *_TOKEN),
    "accounts.Session": ("signed_in_at", "browser"),
    "mfa.Authenticator": ("type", "created_at", "last_used_at"),
    "socialaccount.SocialAccount": ("provider", "uid", "last_login", "date_joined"),
    "admin.LogEntry": ("action_time", "action_flag"),
    "audit.SensitiveRead": ("at", "kind", "reason"),
}


@dataclass(frozen=True)
class Naming:
    """A table, and the columns by which it names the person, the account, or what the account did."""

    model: type[models.Model]
    columns: tuple[str, ...]


def subject_model() -> type[models.Model]:
    """The model whose rows are people: the one that says so of itself."""
    return next(table.model for table in tracked_tables().values() if table.subject_field == "self")


@cache
def of_person() -> list[Naming]:
    """Tables with a foreign key to the person."""
    subject = subject_model()
    return list(_naming(lambda field: field.related_model is subject))


@cache
def of_number() -> list[Naming]:
    """Tables that keep a person's number beside their own force."""
    return list(_naming(lambda field: not field.is_relation and field.name in NUMBERS))


@cache
def of_account() -> list[Naming]:
    """Tables whose rows belong to a user."""
    return list(_naming(lambda field: field.related_model is User and _belongs(field)))


@cache
def of_traces() -> list[Naming]:
    """Tables that keep what a user did, with the columns that say so."""
    return list(_naming(lambda field: field.related_model is User and not _belongs(field)))


def columns_of(model: type[models.Model]) -> list[models.Field]:
    """The columns of a table that are handed over."""
    only = ONLY.get(model._meta.label)
    return [
        field
        for field in model._meta.concrete_fields
        if (field.name in only if only else not field.name.startswith("pgh_context"))
    ]


def _naming(wanted) -> Iterator[Naming]:
    subject = subject_model()
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy or model._meta.label in LEFT_OUT or model is subject:
            continue
        columns = tuple(field.name for field in model._meta.concrete_fields if wanted(field))
        if columns:
            yield Naming(model, columns)


def _belongs(field: models.Field) -> bool:
    """Whether a row goes with its user, or lets go of them: history as the model whose history it is."""
    tracked = getattr(field.model, "pgh_tracked_model", None)
    if field.name == "pgh_obj":
        return True
    if tracked is not None:
        field = tracked._meta.get_field(field.name)
    return field.remote_field.on_delete in (models.CASCADE, models.SET_NULL)
