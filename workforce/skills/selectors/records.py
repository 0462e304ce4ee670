"""What people hold and what posts ask for, by id: for the pages of a person and for matching."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Length

from peelsite.accounts.models import User
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from workforce.establishment.models import Post
from workforce.people.models import Person
from workforce.skills.models import PersonSkill, RequirementExtent, SkillRequirement, SkillState


@dataclass(frozen=True)
class HeldSkill:
    """A skill in date on a day. `ends` is the first day it no longer holds, None without an end."""

    skill_id: int
    skill: str
    level: int
    level_name: str
    is_confirmed: bool
    ends: date | None


@dataclass(frozen=True)
class RequiredSkill:
    """A skill that is asked of whoever is in a post. `is_of_everyone`: else of some of those in the role."""

    skill_id: int
    skill: str
    level: int
    level_name: str
    is_of_everyone: bool
    requirement_id: int


def skills_held(person_ids: Iterable[int], day: date) -> dict[int, tuple[HeldSkill, ...]]:
    """What each of these people holds on `day`, by skill's name: confirmed or self-assessed, not refused.

    A person may have both of one skill, as a higher level waits to be confirmed. People without any are not
    in the answer. One query.
    """
    rows = (
        PersonSkill.objects.as_at(day)
        .exclude(state=SkillState.REFUSED)
        .filter(person__in=list(person_ids))
        .select_related("skill")
        .order_by("person_id", "skill__name", "-level", "pk")
    )
    found: dict[int, list[HeldSkill]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(
            HeldSkill(
                row.skill_id,
                row.skill.name,
                row.level,
                row.level_name,
                row.state == SkillState.CONFIRMED,
                row.during.upper,
            )
        )
    return {person: tuple(held) for person, held in found.items()}


def requirements_of(post_ids: Iterable[int], day: date) -> dict[int, tuple[RequiredSkill, ...]]:
    """What each of these posts asks of its holder on `day`, by skill's name, retired skills left out.

    Of several requirements of one skill the nearest counts, as in `calc.groups_of`. Posts that ask for
    nothing are not in the answer. Two queries.
    """
    posts = list(Post.objects.filter(pk__in=list(post_ids)).values_list("pk", "role_id", "unit__path"))
    rules = list(
        SkillRequirement.objects.as_at(day)
        .filter(Q(skill__retired_on__isnull=True) | Q(skill__retired_on__gt=day))
        .filter(Q(post__in=[pk for pk, _, _ in posts]) | Q(role__in={role for _, role, _ in posts}))
        .select_related("skill", "unit")
        .annotate(nearness=Length("unit__path"))
        .order_by(F("nearness").asc(nulls_first=True), "-pk")
    )
    found: dict[int, tuple[RequiredSkill, ...]] = {}
    for pk, role_id, path in posts:
        nearest: dict[int, SkillRequirement] = {}
        for rule in rules:
            if rule.role_id == role_id and (rule.unit is None or path.startswith(rule.unit.path)):
                nearest[rule.skill_id] = rule
        nearest |= {rule.skill_id: rule for rule in rules if rule.post_id == pk}
        if nearest:
            ordered = sorted(nearest.values(), key=lambda rule: rule.skill.name)
            found[pk] = tuple(_required(rule) for rule in ordered)
    return found


def _required(rule: SkillRequirement) -> RequiredSkill:
    return RequiredSkill(
        rule.skill_id,
        rule.skill.name,
        rule.level,
        rule.level_name,
        rule.extent == RequirementExtent.EVERYONE,
        rule.pk,
    )


def skills_of(person: Person) -> QuerySet[PersonSkill]:
    """Everything recorded of a person's skills, by skill, the latest first."""
    return PersonSkill.objects.filter(person=person).with_labels().order_by("skill__name", F("during").desc())


def waiting_for(user: User, force: Force, day: date) -> QuerySet[PersonSkill]:
    """Self-assessments that the user may confirm or refuse: of people within reach, never their own."""
    reach = user.reach(Action.SKILLS_CONFIRM, force)
    if not reach:
        return PersonSkill.objects.none()
    waiting = PersonSkill.objects.of_force(force).waiting().within(reach, day)
    # Not `exclude(person__user=user)`: most people have no user, and NULL is not equal to anybody.
    own = Person.objects.filter(user=user).values("pk")
    return waiting.exclude(person__in=own).with_labels().order_by("stated_on", "person__family_name", "pk")
