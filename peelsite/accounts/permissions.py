"""The one place that says what a role may do, and how far.

Pages, API, exports, admin, tasks and commands all ask it.
"""

from enum import StrEnum

from django.db import models


class Role(models.TextChoices):
    """Short stable names: they are stored in memberships."""

    HR = "hr", "HR"
    HEALTH = "health", "Attendance and health"
    UNIT_HEAD = "unit_head", "Unit head"
    CHIEF_OFFICER = "chief_officer", "Chief officer"
    ANALYST = "analyst", "Analyst"
    FINANCE = "finance", "Finance"
    INSPECTION_READER = "inspection_reader", "Inspection reader"
    PARTNER = "partner", "Partner in a joint unit"
    EMPLOYEE = "employee", "Officer or member of staff"
    ADMINISTRATOR = "administrator", "Administrator"


# Roles that are held in one unit and everything under it.
ROLES_OF_A_UNIT = (Role.UNIT_HEAD, Role.PARTNER)


class Scope(StrEnum):
    """How far in the force an action goes."""

    FORCE = "force"
    # The unit that the membership names, and everything under it.
    UNITS = "units"
    # The same, as long as the force runs that unit jointly with a force of which the user is a member.
    JOINT = "joint"
    # The record of the user alone.
    OWN = "own"


class Action(StrEnum):
    ESTABLISHMENT_VIEW = "establishment.view"
    ESTABLISHMENT_EDIT = "establishment.edit"
    PEOPLE_VIEW = "people.view"
    PEOPLE_EDIT = "people.edit"
    OWN_RECORD_VIEW = "own_record.view"
    OWN_RECORD_EDIT = "own_record.edit"
    SKILLS_EDIT = "skills.edit"
    SKILLS_CONFIRM = "skills.confirm"
    HEALTH_VIEW = "health.view"
    HEALTH_EDIT = "health.edit"
    IMPORT_RUN = "import.run"
    PROJECTION_EDIT = "projection.edit"
    BOARD_VIEW = "board.view"
    BOARD_PREPARE = "board.prepare"
    BOARD_DECIDE = "board.decide"
    BOARD_APPROVE = "board.approve"
    POST_MATCH = "post.match"
    SUMMARY_VIEW = "summary.view"
    SUMMARY_SEND = "summary.send"
    COMPARISON_EDIT = "comparison.edit"
    HISTORY_VIEW = "history.view"
    RETENTION_EDIT = "retention.edit"
    OUTBOX_VIEW = "outbox.view"
    ACCOUNTS_EDIT = "accounts.edit"


def _to(scope: Scope, *actions: Action) -> dict[Action, Scope]:
    return dict.fromkeys(actions, scope)


_READS = _to(Scope.FORCE, Action.ESTABLISHMENT_VIEW, Action.BOARD_VIEW, Action.SUMMARY_VIEW)

ROLE_ACTIONS: dict[str, dict[Action, Scope]] = {
    Role.HR: _READS
    | _to(
        Scope.FORCE,
        Action.ESTABLISHMENT_EDIT,
        Action.PEOPLE_VIEW,
        Action.PEOPLE_EDIT,
        Action.SKILLS_EDIT,
        Action.SKILLS_CONFIRM,
        Action.IMPORT_RUN,
        Action.PROJECTION_EDIT,
        Action.BOARD_PREPARE,
        Action.SUMMARY_SEND,
        Action.HISTORY_VIEW,
        Action.RETENTION_EDIT,
    ),
    # Health is on fewer eyes than the rest of a person's record: HR needs this role besides its own.
    Role.HEALTH: _to(
        Scope.FORCE,
        Action.ESTABLISHMENT_VIEW,
        Action.PEOPLE_VIEW,
        Action.HEALTH_VIEW,
        Action.HEALTH_EDIT,
    ),
    Role.UNIT_HEAD: _READS | _to(Scope.UNITS, Action.PEOPLE_VIEW, Action.POST_MATCH, Action.SKILLS_CONFIRM),
    Role.CHIEF_OFFICER: _READS
    | _to(Scope.FORCE, Action.PEOPLE_VIEW, Action.BOARD_DECIDE, Action.BOARD_APPROVE, Action.SUMMARY_SEND),
    Role.ANALYST: _READS | _to(Scope.FORCE, Action.PROJECTION_EDIT, Action.COMPARISON_EDIT),
    Role.FINANCE: _READS,
    Role.INSPECTION_READER: _READS | _to(Scope.FORCE, Action.HISTORY_VIEW),
    # Someone of another force who works with this one in a unit that both run.
    Role.PARTNER: _to(Scope.JOINT, Action.ESTABLISHMENT_VIEW, Action.PEOPLE_VIEW),
    Role.EMPLOYEE: _to(Scope.OWN, Action.OWN_RECORD_VIEW, Action.OWN_RECORD_EDIT),
    # An administrator looks after accounts and mail, and sees no person's record.
    Role.ADMINISTRATOR: _to(
        Scope.FORCE,
        Action.ESTABLISHMENT_VIEW,
        Action.SUMMARY_VIEW,
        Action.OUTBOX_VIEW,
        Action.ACCOUNTS_EDIT,
        Action.HISTORY_VIEW,
    ),
}


def roles_throughout(action: Action) -> list[str]:
    """Roles that may do `action` in the whole force."""
    return [role for role, actions in ROLE_ACTIONS.items() if actions.get(action) == Scope.FORCE]
