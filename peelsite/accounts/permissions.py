"""The one place that says what a role may do. Pages, API, exports, admin, tasks and commands all ask here."""

from enum import StrEnum

from django.db import models


class Role(models.TextChoices):
    """Short stable names: they are stored in memberships."""

    HR = "hr", "HR"
    UNIT_HEAD = "unit_head", "Unit head"
    CHIEF_OFFICER = "chief_officer", "Chief officer"
    ANALYST = "analyst", "Analyst"
    FINANCE = "finance", "Finance"
    INSPECTION_READER = "inspection_reader", "Inspection reader"
    ADMINISTRATOR = "administrator", "Administrator"


class Action(StrEnum):
    ESTABLISHMENT_VIEW = "establishment.view"
    ESTABLISHMENT_EDIT = "establishment.edit"
    PEOPLE_VIEW = "people.view"
    PEOPLE_EDIT = "people.edit"
    HEALTH_VIEW = "health.view"
    IMPORT_RUN = "import.run"
    BOARD_VIEW = "board.view"
    BOARD_PREPARE = "board.prepare"
    BOARD_DECIDE = "board.decide"
    BOARD_APPROVE = "board.approve"
    POST_MATCH = "post.match"
    SUMMARY_VIEW = "summary.view"
    SUMMARY_SEND = "summary.send"
    COMPARISON_EDIT = "comparison.edit"
    HISTORY_VIEW = "history.view"
    OUTBOX_VIEW = "outbox.view"
    ACCOUNTS_EDIT = "accounts.edit"


_READS = frozenset({Action.ESTABLISHMENT_VIEW, Action.BOARD_VIEW, Action.SUMMARY_VIEW})

ROLE_ACTIONS: dict[str, frozenset[Action]] = {
    Role.HR: _READS
    | {
        Action.ESTABLISHMENT_EDIT,
        Action.PEOPLE_VIEW,
        Action.PEOPLE_EDIT,
        Action.HEALTH_VIEW,
        Action.IMPORT_RUN,
        Action.BOARD_PREPARE,
        Action.SUMMARY_SEND,
        Action.HISTORY_VIEW,
    },
    Role.UNIT_HEAD: _READS | {Action.PEOPLE_VIEW, Action.POST_MATCH},
    Role.CHIEF_OFFICER: _READS
    | {Action.PEOPLE_VIEW, Action.BOARD_DECIDE, Action.BOARD_APPROVE, Action.SUMMARY_SEND},
    Role.ANALYST: _READS | {Action.COMPARISON_EDIT},
    Role.FINANCE: _READS,
    Role.INSPECTION_READER: _READS | {Action.HISTORY_VIEW},
    # An administrator looks after accounts and mail, and sees no person's record.
    Role.ADMINISTRATOR: frozenset(
        {
            Action.ESTABLISHMENT_VIEW,
            Action.SUMMARY_VIEW,
            Action.OUTBOX_VIEW,
            Action.ACCOUNTS_EDIT,
            Action.HISTORY_VIEW,
        }
    ),
}


def roles_with(action: Action) -> list[str]:
    """Roles that may do `action`."""
    return [role for role, actions in ROLE_ACTIONS.items() if action in actions]
