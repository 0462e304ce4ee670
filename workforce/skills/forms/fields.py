"""Fields that the forms of skills share."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from peelsite.forces.models import Force
from workforce.skills.models import Skill

_CODE = "{}-{}"


class SkillLevelField(forms.ChoiceField):
    """A skill at one of its levels, in one list; cleans to (Skill, level)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Skill and level")
        super().__init__(**kwargs)
        self.skills: dict[int, Skill] = {}

    def of_force(self, force: Force, day: date, *, keeps: Skill | None = None) -> None:
        """Offer the skills in use on `day`, and `keeps` even where that one is retired."""
        skills = list(Skill.objects.of_force(force).in_use(day).order_by("group", "name"))
        if keeps is not None and keeps not in skills:
            skills.append(keeps)
        self.skills = {skill.pk: skill for skill in skills}
        levels = (choice for skill in skills for choice in _levels(skill))
        self.choices = [("", "Choose a skill and level"), *levels]

    def clean(self, value: Any) -> tuple[Skill, int] | None:
        text = super().clean(value)
        if not text:
            return None
        skill, _, level = text.partition("-")
        return self.skills[int(skill)], int(level)

    def prepare_value(self, value: Any) -> Any:
        return _CODE.format(value[0].pk, value[1]) if isinstance(value, tuple) else value


def _levels(skill: Skill) -> list[tuple[str, str]]:
    return [
        (_CODE.format(skill.pk, place), skill.name if len(skill.levels) == 1 else f"{skill.name}: {name}")
        for place, name in enumerate(skill.levels, start=1)
    ]


class PercentField(forms.DecimalField):
    """A share written as a percentage; cleans to a fraction."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "decimal"})
        )
        super().__init__(max_digits=4, decimal_places=1, min_value=0, max_value=100, **kwargs)

    def clean(self, value: Any) -> Decimal | None:
        percent = super().clean(value)
        return None if percent is None else percent / 100

    def prepare_value(self, value: Any) -> Any:
        return f"{value * 100:.1f}".removesuffix(".0") if isinstance(value, Decimal) else value


class LinesField(forms.CharField):
    """One name a line; cleans to the lines without blanks around them."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        lines = (" ".join(line.split()) for line in str(value or "").splitlines())
        text = "\n".join(line for line in lines if line)
        if any(len(line) > 60 for line in text.splitlines()):
            raise ValidationError("Each line has 60 characters at most.")
        return text
