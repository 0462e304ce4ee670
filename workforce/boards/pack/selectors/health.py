"""Which lines of a strength table would tell of the health of so few people that one knows who."""

from decimal import Decimal

from workforce.boards.pack.models import Dimension, PackLine
from workforce.boards.pack.selectors.content import LINE_FIELDS
from workforce.establishment.calc import EstablishmentTables, Figures, Line, without_small_health


def lines_kept_back(lines: list[PackLine]) -> set[tuple[str, str]]:
    """(dimension, key) of the lines whose health figures are shown only to those who may see them.

    The rule of the establishment page: one to four people, or a line from which those could be worked out.
    """
    by_dimension = {
        dimension: tuple(_line(line) for line in lines if line.dimension == dimension)
        for dimension in Dimension
    }
    total = by_dimension[Dimension.TOTAL]
    told = without_small_health(
        EstablishmentTables(
            force_id=0,
            day=lines[0].board.pack_on if lines else None,
            total=total[0].figures if total else Figures(),
            by_type=by_dimension[Dimension.TYPE],
            by_rank=by_dimension[Dimension.RANK],
            by_role=by_dimension[Dimension.ROLE],
            by_location=by_dimension[Dimension.LOCATION],
            by_unit=by_dimension[Dimension.UNIT],
        )
    )
    hidden = {
        (dimension.value, str(line.key))
        for dimension, found in (
            (Dimension.TYPE, told.by_type),
            (Dimension.RANK, told.by_rank),
            (Dimension.ROLE, told.by_role),
            (Dimension.LOCATION, told.by_location),
            (Dimension.UNIT, told.by_unit),
        )
        for line in found
        if line.hides_health
    }
    return hidden | ({(Dimension.TOTAL.value, "")} if told.hides_health else set())


def _line(line: PackLine) -> Line:
    figures = {name: getattr(line, name) for name in LINE_FIELDS}
    return Line(
        key=line.key,
        label=line.label,
        depth=line.depth,
        figures=Figures(**{name: value or Decimal(0) for name, value in figures.items()}),
    )
