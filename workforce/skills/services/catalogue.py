"""Writes of the catalogue, and of what roles and posts ask for."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from peelsite.forces.models import Force, Unit
from peelsite.web.editing.records import Seen, locked
from workforce.establishment.models import Post, Role
from workforce.refusals import saved
from workforce.skills.models import RequirementExtent, Skill, SkillGroup, SkillRequirement
from workforce.skills.services.saving import level_check, removed


@dataclass(frozen=True, kw_only=True)
class SkillValues:
    """What a skill is. `levels` from the lowest to the highest; `lasts_months` None: it does not expire.

    `short_below`: a department is short when less than this share of what it must hold is held.
    """

    code: str
    name: str
    group: str = SkillGroup.OTHER
    levels: list[str]
    description: str = ""
    lasts_months: int | None = None
    short_below: Decimal = Decimal("0.8")


@transaction.atomic
def skill_create(*, force: Force, values: SkillValues) -> Skill:
    """Add a skill to the catalogue of a force."""
    return saved(Skill(force=force, **_checked(values)))


@transaction.atomic
def skill_change(*, skill: Skill, values: SkillValues, seen: Seen | None = None) -> Skill:
    """Change what a skill is called and how long it lasts; what people hold already keeps its dates.

    Levels are told apart by their place. A level that is held, required or taught cannot be taken away.
    """
    skill = locked(skill, seen)
    for name, value in _checked(values).items():
        setattr(skill, name, value)
    return saved(skill)


def _checked(values: SkillValues) -> dict[str, object]:
    levels = [" ".join(level.split()) for level in values.levels if level.strip()]
    if not levels:
        raise ValidationError({"levels": "Give at least one level, such as 'Qualified'."})
    if len(levels) > 9:
        raise ValidationError({"levels": f"A skill has 9 levels at most; these are {len(levels)}."})
    twice = next((level for level in levels if _count(levels, level) > 1), None)
    if twice is not None:
        raise ValidationError({"levels": f"'{twice}' is there twice. Each level needs a name of its own."})
    if not 0 <= values.short_below <= 1:
        raise ValidationError({"short_below": "The share must be from 0 to 100%."})
    return vars(values) | {"levels": levels}


def _count(levels: list[str], level: str) -> int:
    return sum(each.casefold() == level.casefold() for each in levels)


@transaction.atomic
def skill_retire(*, skill: Skill, retired_on: date | None, seen: Seen | None = None) -> Skill:
    """Ask nobody for a skill from `retired_on` on; None takes it up again. What people hold stays."""
    skill = locked(skill, seen)
    skill.retired_on = retired_on
    return saved(skill)


@transaction.atomic
def skill_remove(*, skill: Skill, seen: Seen | None = None) -> None:
    """Remove a skill that was added by mistake: one that nobody ever held, required or taught."""
    skill = locked(skill, seen)
    removed(
        skill,
        f"{skill} cannot be removed: it is held, required or taught, those of the past among them. "
        "Retire it instead.",
    )


@transaction.atomic
def requirement_create(
    *,
    skill: Skill,
    level: int,
    role: Role | None = None,
    post: Post | None = None,
    unit: Unit | None = None,
    extent: str = RequirementExtent.EVERYONE,
    number: int | None = None,
    share: Decimal | None = None,
    starts_on: date,
    ends_before: date | None = None,
) -> SkillRequirement:
    """Ask so many of those in a role, or whoever is in a post, for a skill, from a day on.

    `share` is a fraction. Raises ValidationError where role and post, or extent and figure, do not go
    together, and where the same is asked already at that time.
    """
    level_check(skill, level)
    _whom_check(role, post, unit, extent)
    _figure_check(extent, number, share)
    if ends_before is not None and ends_before <= starts_on:
        raise ValidationError({"ends_before": "The last day must not be before the first."})
    return saved(
        SkillRequirement(
            force=skill.force,
            skill=skill,
            level=level,
            role=role,
            post=post,
            unit=unit,
            extent=extent,
            number=number if extent == RequirementExtent.NUMBER else None,
            share=share if extent == RequirementExtent.SHARE else None,
            during=DateRange(starts_on, ends_before),
        )
    )


def _whom_check(role: Role | None, post: Post | None, unit: Unit | None, extent: str) -> None:
    if (role is None) == (post is None):
        raise ValidationError(
            {"role": "Say of whom it is required: choose a role, or name a post, and not both."}
        )
    if post is not None and unit is not None:
        raise ValidationError({"unit": "A post is in its unit already; leave the unit empty."})
    if post is not None and extent != RequirementExtent.EVERYONE:
        raise ValidationError({"extent": "A post asks its own holder: choose 'Everyone'."})


def _figure_check(extent: str, number: int | None, share: Decimal | None) -> None:
    if extent == RequirementExtent.NUMBER and not number:
        raise ValidationError({"number": "Say how many in each unit must hold it, from 1 on."})
    if extent == RequirementExtent.SHARE and not (share and 0 < share <= 1):
        raise ValidationError({"share": "Say which share in each unit must hold it, above 0 to 100%."})


@transaction.atomic
def requirement_end(
    *, requirement: SkillRequirement, ends_before: date | None, seen: Seen | None = None
) -> SkillRequirement:
    """Let a requirement's last day be the day before `ends_before`; None leaves it without an end."""
    requirement = locked(requirement, seen)
    if ends_before is not None and ends_before <= requirement.during.lower:
        raise ValidationError(
            {
                "ends_before": f"It begins on {requirement.during.lower:%-d %B %Y}; the end must be later. "
                "Remove it if it should never have been there."
            }
        )
    requirement.during = DateRange(requirement.during.lower, ends_before)
    return saved(requirement)


@transaction.atomic
def requirement_remove(*, requirement: SkillRequirement, seen: Seen | None = None) -> None:
    """Take out a requirement that should never have been there; the history keeps it."""
    locked(requirement, seen).delete()
