"""Tidying cells, a whole column at a time."""

import polars as pl

#: spaces that look like a space and are not one: no-break, em, en, thin, ideographic
ODD_SPACES = r"[\u{a0}\u{1680}\u{2000}-\u{200a}\u{202f}\u{205f}\u{3000}]"
#: characters that cannot be seen: zero-width spaces and joiners, direction marks, byte-order mark, controls
UNSEEN = r"[\u{ad}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2064}\u{feff}\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"

MIDNIGHT = r"^(\d{4}-\d{2}-\d{2}) 00:00:00(?:\.0+)?$"
#: A time or a length of time has no day of its own; spreadsheets count it from the end of 1899.
CLOCK = r"^(?:1899-12-3[01]|1900-0[12]-\d{2}) \d{2}:\d{2}:\d{2}"


def tidy_column(values: pl.Series, *, typed: bool) -> pl.Series:
    """Trimmed text with ordinary spaces, null where empty. `typed`: the values were cells with a type of
    their own (xlsx, xls, ods), so days lose their midnight, lengths of time become "30:00:00" and booleans
    yes or no."""
    if values.dtype != pl.String:
        values = values.cast(pl.String)
    if values.null_count() == len(values):
        return values
    column = pl.col("v")
    frame = values.alias("v").to_frame()
    has_odd = frame.select(
        column.str.contains(ODD_SPACES).any(),
        column.str.contains(UNSEEN).any().alias("unseen"),
        column.str.contains("\r", literal=True).any().alias("returns"),
    ).row(0)
    tidy = column
    if has_odd[2]:
        tidy = tidy.str.replace_all("\r\n", "\n", literal=True).str.replace_all("\r", "\n", literal=True)
    if has_odd[0]:
        tidy = tidy.str.replace_all(ODD_SPACES, " ")
    if has_odd[1]:
        tidy = tidy.str.replace_all(UNSEEN, "")
    tidy = tidy.str.strip_chars()
    frame = frame.select(tidy)
    if typed:
        frame = frame.select(_typed(frame["v"]))
    return frame.select(pl.when(column != "").then(column)).to_series().alias(values.name)


def _typed(values: pl.Series) -> pl.Expr:
    column = pl.col("v")
    if values.str.contains(CLOCK).any():
        moment = column.str.slice(0, 19).str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False)
        seconds = (moment - pl.datetime(1899, 12, 31)).dt.total_seconds()
        # The day before the count starts is how times alone are held by ods and by older Excel files.
        seconds = pl.when(seconds < 0).then(seconds + 86_400).otherwise(seconds)
        clock = pl.format(
            "{}:{}:{}",
            (seconds // 3600).cast(pl.String).str.zfill(2),
            (seconds // 60 % 60).cast(pl.String).str.zfill(2),
            (seconds % 60).cast(pl.String).str.zfill(2),
        )
        column = pl.when(column.str.contains(CLOCK)).then(clock).otherwise(column)
    return column.str.replace(MIDNIGHT, "$1").replace({"true": "yes", "false": "no"})
