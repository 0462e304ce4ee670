"""What every write of a skill does: check the row, save it, and put into words what PostgreSQL refuses."""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from workforce.refusals import refusal_of
from workforce.skills.models import Skill

Row = TypeVar("Row", bound=models.Model)


def saved(row: Row, sentence: str = "") -> Row:
    """The row, saved; `sentence` stands for the rule's own where it is refused."""
    try:
        with transaction.atomic():
            row.full_clean(validate_constraints=False)
            row.save()
    except IntegrityError as refused:
        raise refusal_of(refused, sentence) from refused
    return row


def removed(row: models.Model, sentence: str) -> None:
    try:
        with transaction.atomic():
            row.delete()
    except (IntegrityError, models.ProtectedError) as refused:
        raise ValidationError(sentence) from refused


def level_check(skill: Skill, level: int) -> None:
    if not 1 <= level <= len(skill.levels):
        names = ", ".join(f"{place} {name}" for place, name in enumerate(skill.levels, start=1))
        raise ValidationError({"level": f"{skill} has no level {level}. Its levels: {names}."})
