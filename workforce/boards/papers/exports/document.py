"""A pack as a document for the PDF, from its rows alone: drawn twice it is the same."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from peelsite.documents.calc import (
    Alignment,
    Block,
    BulletList,
    Callout,
    Document,
    Figure,
    FigureRow,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Table,
)
from peelsite.web.context import MARKING
from workforce.boards.decisions.calc import day_words
from workforce.boards.pack.selectors import Pack
from workforce.boards.papers.exports.changes import bridge_table, parts_table
from workforce.boards.papers.exports.charts import pack_charts
from workforce.boards.papers.exports.tables import (
    PackTable,
    Shape,
    actions_table,
    agenda_table,
    forecast_table,
    matters_table,
    notes_table,
    strength_tables,
)
from workforce.boards.papers.exports.words import digest_in_parts, key_figures, made_from, opening_sentence

DRAFT = "Draft: not published. Nothing in it is frozen, and its figures may still change."
# From so many columns on a table is set in small print.
MANY_COLUMNS = 6


def pack_document(pack: Pack, svgs: Mapping[str, str]) -> Document:
    """The PDF's document; `svgs` holds the drawn charts by the names of `pack_charts`."""
    board = pack.board
    figures = {
        name: Figure(svgs[name].encode(), chart.description, chart.title)
        for name, chart in pack_charts(pack).items()
    }
    blocks: list[Block] = [
        *([Callout("Draft", DRAFT, "warning")] if pack.is_draft else []),
        Paragraph(opening_sentence(pack), strong=True),
        KeyFigures(
            tuple(KeyFigure(each["label"], each["value"], each["note"]) for each in key_figures(pack))
        ),
        *_matters(pack, figures),
        Heading("Decisions asked"),
        *_table_or(agenda_table(pack), "Nothing is on the agenda."),
        Heading("Decisions of last time, and the action log"),
        *_last_time(pack),
        *_changes(pack),
        *_outlook(pack, figures),
        Heading("Strength table, and forecast to the end of the year"),
        *[_set(table) for table in strength_tables(pack)],
        *_optional(notes_table(pack)),
        *_year_end(pack),
        Heading("What this pack was made from"),
        BulletList(tuple(made_from(pack))),
    ]
    return Document(
        title=f"{board.series}, {day_words(board.held_on)}",
        subtitle=f"{'Draft pack' if pack.is_draft else 'Pack'}: figures of {day_words(board.pack_on)}",
        marking=pack.edition.marking if pack.edition else MARKING,
        force=board.force.name,
        day=board.pack_on,
        blocks=tuple(blocks),
        reference=f"{'Draft ' if pack.is_draft else ''}digest {pack.digest[:16]}",
    )


def _matters(pack: Pack, figures: Mapping[str, Figure]) -> list[Block]:
    if not pack.matters:
        return []
    drawn = tuple(figures[name] for name in figures if name.startswith("matter-"))
    return [
        Heading("The cells that matter most"),
        _set(matters_table(pack)),
        *([FigureRow(drawn)] if drawn else []),
    ]


def _last_time(pack: Pack) -> list[Block]:
    blocks: list[Block] = []
    if pack.last_board_on is not None:
        blocks.append(
            Paragraph(f"Board of {day_words(pack.last_board_on)}: {pack.last_time.words}.", strong=True)
        )
    return blocks + _table_or(actions_table(pack), "No earlier board agreed an action that is still to tell.")


def _changes(pack: Pack) -> list[Block]:
    whole = parts_table(pack)
    if whole is None:
        return []
    return [
        Heading("What changed since the last board"),
        _set(whole),
        *_optional(bridge_table(pack)),
    ]


def _outlook(pack: Pack, figures: Mapping[str, Figure]) -> list[Block]:
    if "force" not in figures:
        return []
    others = tuple(each for name, each in figures.items() if name.startswith(("category-", "rank-")))
    return [Heading("Outlook"), figures["force"], *([FigureRow(others)] if others else [])]


def _year_end(pack: Pack) -> list[Block]:
    table = forecast_table(pack)
    return [] if table is None else [replace(_set(table), wide=True)]


def _optional(table: PackTable | None) -> list[Block]:
    return [] if table is None else [_set(table)]


def _table_or(table: PackTable, otherwise: str) -> list[Block]:
    return [_set(table)] if table.rows else [Paragraph(otherwise)]


def _set(table: PackTable) -> Table:
    sides: tuple[Alignment, ...] = tuple(
        "left" if shape in (Shape.TEXT, Shape.DAY) else "right" for shape in table.shapes
    )
    return Table(
        table.caption,
        table.columns,
        table.texts,
        sides,
        total=table.last_is_total,
        note=table.note,
        dense=len(table.columns) >= MANY_COLUMNS,
    )


def minutes_document(
    *, title: str, force: str, day: date, sections: list, digest: str, approved: str
) -> Document:
    """Approved minutes: headings and paragraphs as frozen. `sections` as `text_sections` gives them."""
    first, *rest = sections
    blocks: list[Block] = [Paragraph(approved), *(Paragraph(each) for each in first.paragraphs)]
    for section in rest:
        blocks.append(Heading(section.heading))
        blocks += [Paragraph(each) for each in section.paragraphs]
    blocks += [Heading("Digest"), Paragraph(f"SHA-256 of the frozen text: {digest_in_parts(digest)}.")]
    return Document(
        title=title,
        subtitle=first.heading,
        marking=MARKING,
        force=force,
        day=day,
        blocks=tuple(blocks),
        reference=f"digest {digest[:16]}",
    )
