"""What changed between two boards, and why, so that it adds up. No database.

    what the last pack said  +  every part  =  what this pack says

A part is a kind of change seen from one line (the force, a worker type, a rank, a unit with all below it, or
a cell). People and posts count in a part only where they cross the line's edge: who moves between two teams
of a command moves for the teams and not for the command. In and out, up and down stay apart: nothing is
netted.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from workforce.boards.comparison.calc.kinds import IN_AND_OUT, LEFT, Kind
from workforce.establishment.calc import CellKey

NONE = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell with what its lines are found by: `unit_ids` from the top down to the unit itself."""

    key: CellKey
    category: str
    unit_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class LineKey:
    """A line of the comparison: dimension 'total', 'type', 'rank', 'unit' or 'cell', and its key as text."""

    dimension: str
    key: str = ""


TOTAL = LineKey(dimension="total")


def cell_key_text(key: CellKey) -> str:
    """'3-14-2-81': rank, role, location and unit by their ids."""
    return f"{key.rank_id}-{key.role_id}-{key.location_id}-{key.unit_id}"


def cell_key_of(text: str) -> CellKey:
    """The cell of such a text. Raises ValueError for any other."""
    rank, role, location, unit = (int(part) for part in text.split("-"))
    return CellKey(rank_id=rank, role_id=role, location_id=location, unit_id=unit)


def lines_of(cell: Cell, types: Mapping[str, str]) -> frozenset[LineKey]:
    """Every line that counts a cell; `types` leads from a worker category to its type's name."""
    return frozenset(
        {
            TOTAL,
            LineKey(dimension="type", key=types.get(cell.category, cell.category)),
            LineKey(dimension="rank", key=str(cell.key.rank_id)),
            LineKey(dimension="cell", key=cell_key_text(cell.key)),
            *(LineKey(dimension="unit", key=str(each)) for each in cell.unit_ids),
        }
    )


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a person is counted on a day: the post with its cell, and how they are in it."""

    post_id: int
    cell: Cell
    rank_order: int
    fte: Decimal
    posting_kind: str
    is_away: bool
    succeeds_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class PersonStep:
    """A day on which a person is no longer counted as on the day before.

    `is_first_day` and `is_gone`: employment begins on the day, or had ended by it. `was_lent` and `is_lent`:
    on secondment out the day before, or on the day.
    """

    person_id: int
    day: date
    before: Place | None
    after: Place | None
    is_first_day: bool = False
    is_gone: bool = False
    leaving_reason: str = ""
    was_lent: bool = False
    is_lent: bool = False
    # The post itself went to, or came from, the partner force of a collaboration on the day.
    is_allocation: bool = False


@dataclass(frozen=True, kw_only=True)
class PostStep:
    """Posts that end on a day and those that begin in their stead; a new post has none before, a deleted
    one none after. Each is its id, cell and FTE. `is_allocation`: to or from the partner of a collaboration.
    """

    day: date
    before: tuple[tuple[int, Cell, Decimal], ...]
    after: tuple[tuple[int, Cell, Decimal], ...]
    is_allocation: bool = False


@dataclass(kw_only=True)
class Part:
    """How much of one kind: `count` is of people, or of posts for the kinds about posts."""

    establishment_fte: Decimal = NONE
    strength_fte: Decimal = NONE
    count: int = 0

    @property
    def gap_fte(self) -> Decimal:
        return self.establishment_fte - self.strength_fte


Parts = dict[LineKey, dict[Kind, Part]]


def reason_of(step: PersonStep) -> str:
    """Why a person is counted elsewhere: a kind's name, without '_in' or '_out' where both are possible."""
    before, after = step.before, step.after
    if before is None:
        return _came(step)
    if after is None:
        return _went(step)
    if after.is_away:
        return "attached" if after.posting_kind == "attachment" else "acting_began"
    if before.is_away:
        return "attachment_ended" if before.posting_kind == "attachment" else "acting_ended"
    if after.succeeds_id == before.post_id:
        return "with_post"
    if before.cell.category == after.cell.category and after.rank_order > before.rank_order:
        return "promoted"
    return "moved"


def _came(step: PersonStep) -> str:
    if step.is_allocation:
        return Kind.ALLOCATED_PEOPLE_IN.value
    if step.was_lent:
        return Kind.SECONDED_BACK.value
    if step.after is not None and step.after.posting_kind == "seconded_in":
        return Kind.SECONDED_IN.value
    return Kind.JOINED.value if step.is_first_day else Kind.POSTED.value


def _went(step: PersonStep) -> str:
    if step.is_allocation:
        return Kind.ALLOCATED_PEOPLE_OUT.value
    if step.before is not None and step.before.posting_kind == "seconded_in":
        return Kind.SECONDMENT_ENDED.value
    if step.is_gone:
        return LEFT.get(step.leaving_reason, Kind.LEFT).value
    return Kind.SECONDED_OUT.value if step.is_lent else Kind.UNPOSTED.value


def kinds_of_person(step: PersonStep, types: Mapping[str, str]) -> list[tuple[LineKey, Kind, Decimal]]:
    """Line, kind and signed FTE of strength of each line that a step changes."""
    before, after = step.before, step.after
    left = lines_of(before.cell, types) if before else frozenset()
    entered = lines_of(after.cell, types) if after else frozenset()
    reason = reason_of(step)
    into, out_of = IN_AND_OUT.get(reason) or (Kind(reason), Kind(reason))
    found = [(line, out_of, -before.fte) for line in left - entered] if before else []
    if after:
        found += [(line, into, after.fte) for line in entered - left]
    if before and after and before.fte != after.fte:
        hours = Kind.HOURS_UP if after.fte > before.fte else Kind.HOURS_DOWN
        found += [(line, hours, after.fte - before.fte) for line in left & entered]
    return found


def kinds_of_post(step: PostStep, types: Mapping[str, str]) -> list[tuple[LineKey, Kind, Decimal, int]]:
    """Line, kind, signed FTE of establishment and number of posts of each line that a step changes."""
    before, after = _by_line(step.before, types), _by_line(step.after, types)
    found = []
    for line in before.keys() | after.keys():
        (fte_before, ended), (fte_after, begun) = before.get(line, (NONE, 0)), after.get(line, (NONE, 0))
        if not begun:
            kind = Kind.REPROFILED_OUT if step.after else Kind.DELETED
            kind = Kind.ALLOCATED_OUT if step.is_allocation else kind
            found.append((line, kind, -fte_before, ended))
        elif not ended:
            kind = Kind.REPROFILED_IN if step.before else Kind.CREATED
            kind = Kind.ALLOCATED_IN if step.is_allocation else kind
            found.append((line, kind, fte_after, begun))
        elif fte_after != fte_before:
            kind = Kind.REPROFILED_UP if fte_after > fte_before else Kind.REPROFILED_DOWN
            found.append((line, kind, fte_after - fte_before, begun))
    return found


def _by_line(
    posts: Iterable[tuple[int, Cell, Decimal]], types: Mapping[str, str]
) -> dict[LineKey, tuple[Decimal, int]]:
    sums: dict[LineKey, tuple[Decimal, int]] = {}
    for _, cell, fte in posts:
        for line in lines_of(cell, types):
            held, count = sums.get(line, (NONE, 0))
            sums[line] = held + fte, count + 1
    return sums


@dataclass(kw_only=True)
class Amounts:
    """Establishment and strength of cells, or of lines."""

    establishment_fte: Decimal = NONE
    strength_fte: Decimal = NONE

    def add(self, other: "Amounts") -> None:
        self.establishment_fte += other.establishment_fte
        self.strength_fte += other.strength_fte


def line_sums(cells: Mapping[Cell, Amounts], types: Mapping[str, str]) -> dict[LineKey, Amounts]:
    sums: dict[LineKey, Amounts] = defaultdict(Amounts)
    for cell, amounts in cells.items():
        for line in lines_of(cell, types):
            sums[line].add(amounts)
    return dict(sums)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a comparison is made from.

    `then_lines` is what the last pack says of each line, `then_cells` what it says of each cell (None of a
    pack that froze no cells); `then_now` is what the records say today of the same day.
    """

    then_lines: Mapping[LineKey, Amounts]
    then_cells: Mapping[Cell, Amounts] | None
    then_now: Mapping[Cell, Amounts]
    people: Iterable[PersonStep]
    posts: Iterable[PostStep]
    types: Mapping[str, str] = field(default_factory=dict)


def parts_of(facts: Facts) -> Parts:
    """Every part of every line that changed; a kind that is nothing on a line is left out."""
    parts: Parts = defaultdict(lambda: defaultdict(Part))
    _regroup_and_correct(parts, facts)
    for post in facts.posts:
        for line, kind, fte, count in kinds_of_post(post, facts.types):
            part = parts[line][kind]
            part.establishment_fte += fte
            part.count += count
    for person in facts.people:
        for line, kind, fte in kinds_of_person(person, facts.types):
            part = parts[line][kind]
            part.strength_fte += fte
            part.count += 1
    return {line: dict(kinds) for line, kinds in parts.items()}


def starts_of(facts: Facts) -> dict[LineKey, Amounts]:
    """What each line is compared with: as the last pack says it.

    Cells of a pack that froze none are taken as the records have them, so that nothing of them is corrected.
    """
    cells = facts.then_now if facts.then_cells is None else facts.then_cells
    of_cells = {
        line: amounts for line, amounts in line_sums(cells, facts.types).items() if line.dimension == "cell"
    }
    return of_cells | dict(facts.then_lines)


def _regroup_and_correct(parts: Parts, facts: Facts) -> None:
    if facts.then_cells is None:
        today = line_sums(facts.then_now, facts.types)
        for line in (today.keys() | facts.then_lines.keys()) - _of_cells(today):
            _put(parts, line, CORRECTED, facts.then_lines.get(line), today.get(line))
        return
    # As the last pack counted each cell, on the lines that count it now.
    known = line_sums(facts.then_cells, facts.types)
    for line in (known.keys() | facts.then_lines.keys()) - _of_cells(known):
        _put(parts, line, REGROUPED, facts.then_lines.get(line), known.get(line))
    for cell in facts.then_cells.keys() | facts.then_now.keys():
        for line in lines_of(cell, facts.types):
            _put(parts, line, CORRECTED, facts.then_cells.get(cell), facts.then_now.get(cell))


def _of_cells(lines: Iterable[LineKey]) -> set[LineKey]:
    return {line for line in lines if line.dimension == "cell"}


CORRECTED = (Kind.CORRECTED_UP, Kind.CORRECTED_DOWN)
REGROUPED = (Kind.REGROUPED_IN, Kind.REGROUPED_OUT)


def _put(
    parts: Parts, line: LineKey, kinds: tuple[Kind, Kind], said: Amounts | None, found: Amounts | None
) -> None:
    """The difference, what grew under the first kind and what shrank under the second."""
    said, found = said or Amounts(), found or Amounts()
    posts = found.establishment_fte - said.establishment_fte
    people = found.strength_fte - said.strength_fte
    up, down = kinds
    for kind, chosen in ((up, max), (down, min)):
        part_posts, part_people = chosen(posts, NONE), chosen(people, NONE)
        if part_posts or part_people:
            part = parts[line][kind]
            part.establishment_fte += part_posts
            part.strength_fte += part_people
            part.count += 1


def unexplained(then: Amounts, parts: Mapping[Kind, Part], is_now: Amounts) -> Amounts:
    """What the parts do not account for: nought, unless records changed between two readings."""
    return Amounts(
        establishment_fte=is_now.establishment_fte
        - then.establishment_fte
        - sum((part.establishment_fte for part in parts.values()), NONE),
        strength_fte=is_now.strength_fte
        - then.strength_fte
        - sum((part.strength_fte for part in parts.values()), NONE),
    )
