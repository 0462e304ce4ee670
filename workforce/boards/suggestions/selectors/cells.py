"""Cells of a force on a day, with their figures, and the people in them who may be moved."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from peelsite.forces.models import Force
from workforce.boards.matching.selectors import matching_numbers
from workforce.boards.meetings.calc import months_after
from workforce.boards.suggestions.calc.problem import Group
from workforce.establishment.calc import CellKey
from workforce.establishment.models import Post
from workforce.people.models import Posting, PostingKind
from workforce.skills.selectors import requirements_of, skills_held

_POST = (
    "pk",
    "rank_id",
    "role_id",
    "location_id",
    "unit_id",
    "fte",
    "rank__name",
    "rank__category",
    "rank__order",
    "role__name",
    "location__name",
    "unit__name",
)


@dataclass
class CellRead:
    """A cell with posts on the day. `people` are (person id, FTE) of those who may be moved."""

    key: CellKey
    rank: str
    category: str
    rank_order: int
    role: str
    location: str
    unit: str
    posts: list[int]
    establishment: float = 0.0
    strength: float = 0.0

    def __post_init__(self) -> None:
        self.people: list[tuple[int, float]] = []

    @property
    def label(self) -> str:
        return ", ".join((self.rank, self.role, self.location, self.unit))


def cells_on(force: Force, day: date) -> dict[CellKey, CellRead]:
    """Every cell with posts on a day, its establishment, its strength, and who may be moved. Four queries.

    Those may be moved who are in their own post, have been in it for as long as the force asks of anybody who
    moves, and have no other posting ahead of them.
    """
    cells: dict[CellKey, CellRead] = {}
    of_post: dict[int, CellRead] = {}
    for row in Post.objects.of_force(force).as_at(day).order_by("pk").values(*_POST):
        key = CellKey(**{name: row[name] for name in ("rank_id", "role_id", "location_id", "unit_id")})
        if key not in cells:
            cells[key] = CellRead(
                key=key,
                rank=row["rank__name"],
                category=row["rank__category"],
                rank_order=row["rank__order"],
                role=row["role__name"],
                location=row["location__name"],
                unit=row["unit__name"],
                posts=[],
            )
        cell = of_post[row["pk"]] = cells[key]
        cell.posts.append(row["pk"])
        cell.establishment += float(row["fte"])
    _people(force, day, of_post)
    return cells


def _people(force: Force, day: date, of_post: Mapping[int, CellRead]) -> None:
    long_enough = months_after(day, -matching_numbers(force).minimum_tenure_months)
    going = set(
        Posting.objects.of_force(force).filter(during__startswith__gt=day).values_list("person_id", flat=True)
    )
    counted = Posting.objects.of_force(force).counted_at(day).order_by("person_id")
    for person, post, fte, kind, since in counted.values_list(
        "person_id", "post_id", "fte", "kind", "during__startswith"
    ):
        cell = of_post.get(post)
        if cell is None:
            continue
        cell.strength += float(fte)
        if kind == PostingKind.SUBSTANTIVE and since <= long_enough and person not in going:
            cell.people.append((person, float(fte)))


def groups_in(
    cells: Mapping[CellKey, CellRead], needs: Collection[CellKey], day: date
) -> dict[CellKey, tuple[Group, ...]]:
    """The people of each cell who may be moved, by what is alike of them for a plan. Three queries.

    Someone fits a cell whose posts ask skills of everyone in them by holding all of these, confirmed and in
    date; and a cell that asks none by doing its role already.
    """
    asked = _asked_in(cells, needs, day)
    people = [person for cell in cells.values() for person, _ in cell.people]
    held = _held_by(people, day) if any(asked.values()) else {}
    kinds = sorted({frozenset(skills.items()) for skills in asked.values() if skills}, key=sorted)
    found = {}
    for key, cell in cells.items():
        alike: dict[tuple[float, frozenset[int]], int] = {}
        for person, fte in cell.people:
            has = held.get(person, {})
            meets = frozenset(
                place
                for place, kind in enumerate(kinds)
                if all(has.get(skill, 0) >= level for skill, level in kind)
            )
            alike[fte, meets] = alike.get((fte, meets), 0) + 1
        found[key] = tuple(
            Group(
                fte=fte,
                heads=heads,
                fits=frozenset(
                    need
                    for need in needs
                    if (
                        kinds.index(frozenset(asked[need].items())) in meets
                        if asked[need]
                        else need.role_id == key.role_id
                    )
                ),
            )
            for (fte, meets), heads in sorted(
                alike.items(), key=lambda each: (-each[0][0], sorted(each[0][1]))
            )
        )
    return found


def _asked_in(
    cells: Mapping[CellKey, CellRead], needs: Collection[CellKey], day: date
) -> dict[CellKey, dict[int, int]]:
    """skill id -> level that everyone in the posts of each cell is asked for."""
    required = requirements_of([post for need in needs for post in cells[need].posts], day)
    asked: dict[CellKey, dict[int, int]] = {}
    for need in needs:
        levels = asked.setdefault(need, {})
        for post in cells[need].posts:
            for each in required.get(post, ()):
                if each.is_of_everyone:
                    levels[each.skill_id] = max(each.level, levels.get(each.skill_id, 0))
    return asked


def _held_by(people: Collection[int], day: date) -> dict[int, dict[int, int]]:
    held: dict[int, dict[int, int]] = {}
    for person, skills in skills_held(people, day).items():
        for each in skills:
            if each.is_confirmed:
                levels = held.setdefault(person, {})
                levels[each.skill_id] = max(each.level, levels.get(each.skill_id, 0))
    return held
