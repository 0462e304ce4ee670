"""What every write of a skill checks."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from workforce.skills.models import Skill


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
