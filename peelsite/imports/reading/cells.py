"""Tidying cells, a whole column at a time."""

import polars as pl

#: spaces that look like a space and are not one: no-break, em, en, thin, ideographic
ODD_SPACES = r"[\u{a0}\u{1680}\u{2000}-\u{200a}\u{202f}\u{205f}\u{3000}]"
#: characters that cannot be seen: zero-width spaces and joiners, direction marks, byte-order mark, controls
UNSEEN = r"[\u{ad}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2064}\u{feff}\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"

MIDNIGHT = r"^(\d{4}-\d{2}-\d{2}) 00:00:00(?:\.0+)?$"
#: A time or a length of time has no day of its own; spreadsheets count it from the end of 1899.
CLOCK = r"^(?:1899-12-3[01]|1900-0[12]-\d{2}) \d{2}:\d{2}:\d{2}"


#: what tidying looks for first, a pattern each; most columns have none of them and are only trimmed
_ASKED = {"odd": ODD_SPACES, "unseen": UNSEEN, "return": "\r"}
_ASKED_TYPED = {"midnight": MIDNIGHT, "clock": CLOCK, "boolean": "^(?:true|false)$"}


def tidy(cells: pl.DataFrame, *, typed: bool) -> pl.DataFrame:
    """Every column trimmed, with ordinary spaces, null where empty, less the columns with nothing in them.

    `typed`: the values were cells with a type of their own (xlsx, xls, ods), so days lose their midnight,
    lengths of time become "30:00:00" and booleans yes or no.
    """
    if not cells.width or not cells.height:
        return cells.clear()
    cells = cells.cast(pl.String)
    asked = _ASKED | _ASKED_TYPED if typed else _ASKED
    found = cells.select(
        pl.col(name).str.contains(pattern).any().alias(f"{name} {what}")
        for name in cells.columns
        for what, pattern in asked.items()
    ).row(0, named=True)
    tidied = cells.select(
        _tidied(pl.col(name), {what for what in asked if found[f"{name} {what}"]}) for name in cells.columns
    )
    tidied = tidied.select(pl.when(pl.all() != "").then(pl.all()))
    return tidied.select(column.name for column in tidied if column.null_count() < tidied.height)


def _tidied(column: pl.Expr, found: set[str]) -> pl.Expr:
    name = column.meta.output_name()
    if "return" in found:
        column = column.str.replace_all("\r\n", "\n", literal=True).str.replace_all("\r", "\n", literal=True)
    if "odd" in found:
        column = column.str.replace_all(ODD_SPACES, " ")
    if "unseen" in found:
        column = column.str.replace_all(UNSEEN, "")
    column = column.str.strip_chars()
    if "clock" in found:
        column = pl.when(column.str.contains(CLOCK)).then(_clock(column)).otherwise(column)
    if "midnight" in found:
        column = column.str.replace(MIDNIGHT, "$1")
    if "boolean" in found:
        column = column.replace({"true": "yes", "false": "no"})
    return column.alias(name)


def _clock(column: pl.Expr) -> pl.Expr:
    """Hours, minutes and seconds since the day the spreadsheet counts from."""
    moment = column.str.slice(0, 19).str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False)
    seconds = (moment - pl.datetime(1899, 12, 31)).dt.total_seconds()
    # The day before the count starts is how times alone are held by ods and by older Excel files.
    seconds = pl.when(seconds < 0).then(seconds + 86_400).otherwise(seconds)
    parts = (seconds // 3600, seconds // 60 % 60, seconds % 60)
    return pl.format("{}:{}:{}", *(part.cast(pl.String).str.zfill(2) for part in parts))
