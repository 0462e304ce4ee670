"""Coverage of skills, the slow and obvious way: one unit, one requirement and one person at a time."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import product

from workforce.establishment.models import Post
from workforce.people.models import AWAY_KINDS, Posting
from workforce.skills.models import PersonSkill, SkillRequirement

# By skill and unit: required, held up to that, gap, self-assessed.
Found = dict[tuple[int, int], list[int]]


def runs(during, day: date) -> bool:
    return during.lower <= day and (during.upper is None or day < during.upper)


def place_of(person_id: int, day: date) -> Post | None:
    """The post in which a person is counted: where they are away to, else their own."""
    running = [each for each in Posting.objects.filter(person=person_id) if runs(each.during, day)]
    away = [each for each in running if each.kind in AWAY_KINDS]
    chosen = (away or running or [None])[0]
    return chosen.post if chosen else None


def applying(post: Post, skill_id: int, day: date) -> SkillRequirement | None:
    """The requirement of a skill that counts for a post: its own, then the lowest unit's, then the role's."""
    found = [
        each
        for each in SkillRequirement.objects.filter(skill=skill_id).select_related("unit")
        if runs(each.during, day)
        and (each.post_id == post.pk or each.role_id == post.role_id)
        and (each.unit is None or post.unit.path.startswith(each.unit.path))
    ]
    own = [each for each in found if each.post_id == post.pk]
    if own:
        return own[0]
    return max(found, key=lambda each: len(each.unit.path) if each.unit else 0, default=None)


def level_of(person_id: int, skill_id: int, day: date, state: str) -> int:
    rows = PersonSkill.objects.filter(person=person_id, skill=skill_id, state=state)
    return max((row.level for row in rows if runs(row.during, day)), default=0)


def coverage(force, day: date) -> Found:
    """Every skill in every unit on a day, each requirement counted by itself and then added."""
    people = {person.pk: place_of(person.pk, day) for person in force.people.all()}
    posts = [
        post for post in Post.objects.filter(force=force).select_related("unit") if runs(post.during, day)
    ]
    found: Found = {}
    for skill in force.skills.all():
        if skill.retired_on is not None and skill.retired_on <= day:
            continue
        for unit in force.units.all():
            for rule in SkillRequirement.objects.filter(skill=skill):
                here = [
                    post
                    for post in posts
                    if post.unit_id == unit.pk and applying(post, skill.pk, day) == rule
                ]
                asked = [
                    person
                    for person, post in people.items()
                    if post is not None and post.pk in {each.pk for each in here}
                ]
                if not here or (not asked and rule.extent != "number"):
                    continue
                line = found.setdefault((skill.pk, unit.pk), [0, 0, 0, 0])
                for place, figure in enumerate(_line(rule, skill.pk, asked, day)):
                    line[place] += figure
    return found


def _line(rule: SkillRequirement, skill_id: int, asked: list[int], day: date) -> Iterator[int]:
    holders = [each for each in asked if level_of(each, skill_id, day, "confirmed") >= rule.level]
    required = len(asked)
    if rule.extent == "number":
        required = rule.number
    if rule.extent == "share":
        required = 0
        while Fraction(required) < Fraction(rule.share) * len(asked):
            required += 1
    met = min(len(holders), required)
    yield required
    yield met
    yield required - met
    yield sum(
        each not in holders and level_of(each, skill_id, day, "self_assessed") >= rule.level for each in asked
    )


def held_distribution(chances: list[float], required: int) -> tuple[float, float]:
    """Mean and variance of how many of the holders stay, at most what is required, over every combination."""
    mean = square = 0.0
    for stays in product([False, True], repeat=len(chances)):
        probability = 1.0
        for chance, stay in zip(chances, stays, strict=True):
            probability *= chance if stay else 1 - chance
        counted = min(sum(stays), required)
        mean += probability * counted
        square += probability * counted**2
    return mean, square - mean * mean


def months_later(day: date, months: int) -> date:
    """Month by month over the calendar; the last day of a month that is too short."""
    first = day.replace(day=1)
    for _ in range(months):
        first = (first + timedelta(days=31)).replace(day=1)
    next_first = (first + timedelta(days=31)).replace(day=1)
    return min(first + timedelta(days=day.day - 1), next_first - timedelta(days=1))


def best_places(gaps: list[tuple[int, int]], places: int) -> list[int]:
    """The line (index) of each place in turn, from (gap, required): look at all of them anew each time."""
    left = [gap for gap, _ in gaps]
    chosen = []
    for _ in range(places):
        open_lines = [index for index, gap in enumerate(left) if gap > 0]
        if not open_lines:
            break
        best = max(open_lines, key=lambda index: (Fraction(left[index], gaps[index][1]), left[index], -index))
        chosen.append(best)
        left[best] -= 1
    return chosen
