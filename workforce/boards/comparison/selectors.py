"""Reads of what changed between two days, and of the posts and people behind each part."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from peelsite.forces.models import WORKFORCE_TYPES, Force, Unit
from workforce.boards.comparison import statements
from workforce.boards.comparison.calc import (
    Amounts,
    Cell,
    Facts,
    Kind,
    LineKey,
    Part,
    PersonStep,
    Place,
    PostStep,
    cell_key_text,
    kinds_of_person,
    kinds_of_post,
    lines_of,
    parts_of,
    starts_of,
)
from workforce.boards.comparison.models import PackCell, PackChange
from workforce.boards.decisions.models import DecisionPost
from workforce.boards.meetings.models import Board
from workforce.establishment.calc import CellKey
from workforce.establishment.models import Post, Rank
from workforce.establishment.selectors import cells_as_at
from workforce.people.models import PostingKind

# Worker category -> the type whose line counts it.
TYPES = {category: name for name, categories in WORKFORCE_TYPES.items() for category in categories}
ORDER = {kind: position for position, kind in enumerate(Kind, start=1)}
CELL_FIELDS = ("rank_id", "role_id", "location_id", "unit_id")


@dataclass(frozen=True, kw_only=True)
class Steps:
    """What changed from the day after `since` up to `until`."""

    people: list[PersonStep]
    posts: list[PostStep]


class Cells:
    """Cells with their worker category and the units above them, by key. Two queries when made."""

    def __init__(self, force: Force) -> None:
        self._categories = dict(Rank.objects.for_force(force).values_list("pk", "category"))
        self._units = {
            pk: tuple(int(part) for part in path.strip("/").split("/"))
            for pk, path in Unit.objects.of_force(force).values_list("pk", "path")
        }

    def __getitem__(self, key: CellKey) -> Cell:
        return Cell(
            key=key,
            category=self._categories.get(key.rank_id, ""),
            unit_ids=self._units.get(key.unit_id, (key.unit_id,)),
        )


def last_published(board: Board) -> Board | None:
    """The board before this one in its series whose pack is frozen. One query."""
    return Board.objects.before(board).with_frozen_pack().order_by("-held_on").first()


def steps_between(force: Force, since: date, until: date, cells: Cells) -> Steps:
    """Every person and post that changed after `since`, up to and with `until`. Four queries."""
    people = _rows(statements.PEOPLE, force, since, until)
    posts = _rows(statements.POSTS, force, since, until)
    ids = {row["id"] for row in posts}
    ids |= {row[name] for row in people for name in ("before_post_id", "after_post_id") if row[name]}
    held = {
        row["pk"]: row
        for row in Post.objects.filter(pk__in=ids)
        .order_by()
        .values("pk", *CELL_FIELDS, "succeeds_id", "fte", "rank__order")
    }
    allocated = set(
        DecisionPost.objects.filter(post__in=ids, decision__joint_unit__isnull=False).values_list(
            "post_id", flat=True
        )
    )
    turned = {(row["id"], row[name]) for row in posts for name in ("begins_on", "ends_on")}
    turned = {(pk, day) for pk, day in turned if pk in allocated}
    return Steps(
        people=list(_person_steps(people, held, cells, turned)),
        posts=_post_steps(posts, held, cells, turned),
    )


def facts_between(
    force: Force,
    since: date,
    until: date,
    *,
    cells: Cells,
    then_lines: Mapping[LineKey, Amounts],
    then_cells: Mapping[Cell, Amounts] | None,
) -> Facts:
    """What a comparison of two days is made from; `then_*` is what was said at the time. Four queries."""
    steps = steps_between(force, since, until, cells)
    return Facts(
        then_lines=then_lines,
        then_cells=then_cells,
        then_now=cells_on(force, since, cells),
        people=steps.people,
        posts=steps.posts,
        types=TYPES,
    )


def cells_on(force: Force, day: date, cells: Cells) -> dict[Cell, Amounts]:
    """What the records say now of each cell on a day. One query."""
    return {
        cells[each.key]: Amounts(establishment_fte=each.establishment_fte, strength_fte=each.strength_fte)
        for each in cells_as_at(force, day)
    }


def cells_said(board: Board, cells: Cells) -> dict[Cell, Amounts] | None:
    """What a frozen pack says of each cell; None of one that froze none. One query."""
    found = {
        cells[CellKey(**{name: getattr(row, name) for name in CELL_FIELDS})]: Amounts(
            establishment_fte=row.establishment_fte, strength_fte=row.strength_fte
        )
        for row in board.pack_cells.all()
    }
    return found or None


def cells_to_freeze(board: Board) -> list[PackCell]:
    """Every cell on the pack day, not saved, in the order of their ids. One query."""
    return sorted(
        (
            PackCell(
                board=board,
                establishment_fte=each.establishment_fte,
                strength_fte=each.strength_fte,
                **{name: getattr(each.key, name) for name in CELL_FIELDS},
            )
            for each in cells_as_at(board.force, board.pack_on)
        ),
        key=lambda row: tuple(getattr(row, name) for name in CELL_FIELDS),
    )


def changes_to_freeze(
    board: Board, last: Board, then_lines: Mapping[LineKey, Amounts], agenda: Iterable[CellKey]
) -> list[PackChange]:
    """The comparison with the last pack, not saved. Seven queries.

    `then_lines` is what that pack says of the force, its worker types, ranks and units. Of cells, those on
    the `agenda` are told.
    """
    cells = Cells(board.force)
    facts = facts_between(
        board.force,
        last.pack_on,
        board.pack_on,
        cells=cells,
        then_lines=then_lines,
        then_cells=cells_said(last, cells),
    )
    starts, parts = starts_of(facts), parts_of(facts)
    told = {LineKey(dimension="cell", key=cell_key_text(key)) for key in agenda}
    told |= {line for line in starts.keys() | parts.keys() if line.dimension != "cell"}
    return [
        row
        for line in sorted(told, key=lambda each: (each.dimension, each.key))
        for row in _rows_of(board, line, starts.get(line, Amounts()), parts.get(line, {}))
    ]


def _rows_of(board: Board, line: LineKey, start: Amounts, parts: Mapping[Kind, Part]) -> list[PackChange]:
    def row(kind: str, position: int, amounts: Amounts | Part, count: int) -> PackChange:
        return PackChange(
            board=board,
            dimension=line.dimension,
            key=line.key,
            kind=kind,
            position=position,
            establishment_fte=amounts.establishment_fte,
            strength_fte=amounts.strength_fte,
            count=count,
        )

    return [row(PackChange.THEN, 0, start, 0)] + [
        row(kind.value, ORDER[kind], part, part.count)
        for kind, part in sorted(parts.items(), key=lambda pair: ORDER[pair[0]])
    ]


@dataclass(frozen=True, kw_only=True)
class Behind:
    """The rows behind one part of one line: who or which post, on which day, and its signed FTE."""

    people: dict[int, list[tuple[date, Decimal]]]
    posts: dict[int, list[tuple[date, Decimal]]]


def rows_behind(force: Force, since: date, until: date, line: LineKey, kind: Kind) -> Behind:
    """People and posts that a part counts, by id, as the records give them now. Five queries."""
    steps = steps_between(force, since, until, Cells(force))
    people: dict[int, list[tuple[date, Decimal]]] = defaultdict(list)
    posts: dict[int, list[tuple[date, Decimal]]] = defaultdict(list)
    for step in steps.people:
        for told, why, fte in kinds_of_person(step, TYPES):
            if (told, why) == (line, kind):
                people[step.person_id].append((step.day, fte))
    for step in steps.posts:
        for told, why, _, _ in kinds_of_post(step, TYPES):
            if (told, why) == (line, kind):
                ended = kind in (Kind.DELETED, Kind.REPROFILED_OUT, Kind.ALLOCATED_OUT)
                for pk, cell, fte in step.before if ended else step.after:
                    if line in lines_of(cell, TYPES):
                        posts[pk].append((step.day, -fte if ended else fte))
    return Behind(people=dict(people), posts=dict(posts))


def _person_steps(
    rows: Iterable[dict[str, Any]],
    posts: Mapping[int, dict[str, Any]],
    cells: Cells,
    allocated: set[tuple[int, date]],
) -> Iterator[PersonStep]:
    for row in rows:
        before, after = _place(row, "before", posts, cells), _place(row, "after", posts, cells)
        if before is None and after is None:
            continue
        yield PersonStep(
            person_id=row["person_id"],
            day=row["day"],
            before=before,
            after=after,
            is_first_day=row["is_first_day"],
            is_gone=row["is_gone"],
            leaving_reason=row["leaving_reason"],
            was_lent=row["before_kind"] == PostingKind.SECONDED_OUT,
            is_lent=row["after_kind"] == PostingKind.SECONDED_OUT,
            is_allocation=(before is None or after is None)
            and ((before or after).post_id, row["day"]) in allocated,
        )


def _place(row: dict[str, Any], when: str, posts: Mapping[int, dict[str, Any]], cells: Cells) -> Place | None:
    post_id = row[f"{when}_post_id"]
    if post_id is None:
        return None
    post = posts[post_id]
    return Place(
        post_id=post_id,
        cell=cells[_key(post)],
        rank_order=post["rank__order"],
        fte=row[f"{when}_fte"],
        posting_kind=row[f"{when}_kind"],
        is_away=row[f"{when}_is_away"],
        succeeds_id=post["succeeds_id"],
    )


def _post_steps(
    rows: list[dict[str, Any]],
    posts: Mapping[int, dict[str, Any]],
    cells: Cells,
    allocated: set[tuple[int, date]],
) -> list[PostStep]:
    """Posts that end on a day together with those that succeed them on it; all others alone."""

    def told(pk: int) -> tuple[int, Cell, Decimal]:
        return pk, cells[_key(posts[pk])], posts[pk]["fte"]

    ends = {row["id"]: row["ends_on"] for row in rows if row["ends_on"]}
    successors: dict[int, list[int]] = defaultdict(list)
    steps = []
    for row in rows:
        if row["begins_on"] is None:
            continue
        if row["succeeds_id"] is not None and ends.get(row["succeeds_id"]) == row["begins_on"]:
            successors[row["succeeds_id"]].append(row["id"])
        else:
            steps.append(
                PostStep(
                    day=row["begins_on"],
                    before=(),
                    after=(told(row["id"]),),
                    is_allocation=(row["id"], row["begins_on"]) in allocated,
                )
            )
    for pk, day in ends.items():
        steps.append(
            PostStep(
                day=day,
                before=(told(pk),),
                after=tuple(map(told, successors[pk])),
                is_allocation=(pk, day) in allocated and not successors[pk],
            )
        )
    return sorted(steps, key=lambda step: step.day)


def _key(post: dict[str, Any]) -> CellKey:
    return CellKey(**{name: post[name] for name in CELL_FIELDS})


def _rows(statement: str, force: Force, since: date, until: date) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"force_id": force.pk, "since": since, "until": until})
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
