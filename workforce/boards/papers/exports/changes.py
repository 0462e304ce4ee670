"""What changed since the last pack, as tables that add up."""

from decimal import Decimal
from typing import Any

from workforce.boards.comparison.calc import Kind, cell_key_text
from workforce.boards.comparison.models import PackChange
from workforce.boards.decisions.calc import day_words
from workforce.boards.pack.selectors import Pack
from workforce.boards.papers.exports.tables import Level, PackTable, Shape, forecast_lines, table_of

NONE = Decimal(0)
_PARTS = (
    ("Part", Shape.TEXT),
    ("Establishment", Shape.SIGNED),
    ("Strength", Shape.SIGNED),
    ("Gap", Shape.SIGNED),
    ("Posts or people", Shape.COUNT),
)


def parts_table(pack: Pack, dimension: str = "total", key: str = "", label: str = "") -> PackTable | None:
    """What the last pack said of a line, each part of what changed, and what this pack says."""
    changes = pack.changes_of(dimension, key)
    if not changes or pack.edition is None or pack.edition.compared_with is None:
        return None
    rows = [_part_row(change, pack) for change in changes]
    rows.append(
        (
            f"This pack, {day_words(pack.board.pack_on)}",
            *(Level(sum((row[place] for row in rows), NONE)) for place in (1, 2)),
            sum((row[3] for row in rows), NONE),
            None,
        )
    )
    return table_of(
        "What changed",
        f"What changed since the last board{': ' + label if label else ''}, FTE",
        _PARTS,
        rows,
        last_is_total=True,
        note="A gap is establishment less strength: posts widen it, people narrow it. Nothing is netted.",
    )


def _part_row(change: PackChange, pack: Pack) -> tuple[Any, ...]:
    is_start = change.kind == PackChange.THEN
    label = (
        f"The last pack, {day_words(pack.edition.compared_with.pack_on)}"
        if is_start
        else Kind(change.kind).label
    )
    return (
        label,
        Level(change.establishment_fte) if is_start else change.establishment_fte,
        Level(change.strength_fte) if is_start else change.strength_fte,
        change.gap_fte,
        None if is_start or not change.about else change.count,
    )


def every_part_table(pack: Pack) -> PackTable | None:
    """Every part of every line that is compared, for those who work on with it."""
    if not pack.changes or pack.edition is None or pack.edition.compared_with is None:
        return None
    labels = {(line.dimension, line.key): line.label for line in pack.lines}
    labels |= {("cell", cell_key_text(item.cell)): item.title for item in pack.items if item.has_cell}
    return table_of(
        "Every change",
        "Every part of every line, FTE",
        (("Kind of line", Shape.TEXT), ("Line", Shape.TEXT), ("Part", Shape.TEXT), *_PARTS[1:]),
        [
            (
                change.get_dimension_display(),
                labels.get((change.dimension, change.key), change.key),
                *_part_row(change, pack),
            )
            for change in pack.changes
        ],
    )


_BRIDGE = (
    ("Gap then", Shape.SIGNED),
    ("Posts added", Shape.SIGNED),
    ("Posts ended", Shape.SIGNED),
    ("People in", Shape.SIGNED),
    ("People out", Shape.SIGNED),
    ("Accounting", Shape.SIGNED),
    ("Corrected", Shape.SIGNED),
    ("Gap now", Shape.SIGNED),
)


def bridge_table(pack: Pack) -> PackTable | None:
    """From the last gap to this one, by rank, command and cell of the agenda: posts add, people take away."""
    if not pack.changes:
        return None
    named = [(line.dimension, line.key, line.label) for line in forecast_lines(pack)[:-1]]
    named += [("cell", cell_key_text(item.cell), item.title) for item in pack.items if item.has_cell]
    named.append(("total", "", pack.total.label))
    rows = [
        (label, *bridge_values(pack.changes_of(dimension, key)))
        for dimension, key, label in named
        if len(pack.changes_of(dimension, key)) > 1
    ]
    return table_of(
        "From the last gap to this",
        "From the last gap to this one, FTE",
        (("Line", Shape.TEXT), *_BRIDGE),
        rows,
        last_is_total=True,
        note=(
            "Each column is what it does to the gap, so that a row adds up: posts added widen it, people who "
            "come in narrow it."
        ),
    )


def bridge_values(changes: list[PackChange]) -> tuple[Decimal, ...]:
    """The figures of `_BRIDGE`, each as it changes the gap: together they are the gap now."""
    sums = dict.fromkeys(
        ("then", "posts added", "posts ended", "people in", "people out", "accounting", "records"), NONE
    )
    for change in changes:
        if change.kind == PackChange.THEN:
            sums["then"] += change.gap_fte
        elif change.group == "posts":
            sums["posts added" if change.establishment_fte > 0 else "posts ended"] += change.gap_fte
        elif change.group == "people":
            sums["people in" if change.strength_fte > 0 else "people out"] += change.gap_fte
        else:
            sums[change.group] += change.gap_fte
    return (*sums.values(), sum((change.gap_fte for change in changes), NONE))
