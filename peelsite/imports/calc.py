"""Arithmetic on headings and cells: what a heading means, and dates, numbers and yes/no out of text. No
Django."""

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

Kind = Literal["text", "date", "decimal", "whole", "yes_no", "choice"]


@dataclass(frozen=True)
class ColumnSpec:
    """A column an import looks for. `choices` (kind "choice") gives for each way of writing it the value
    meant."""

    name: str
    label: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    kind: Kind = "text"
    help: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that means this column exactly."""
        return (self.label, self.name, *self.synonyms)


_WORDS = {
    "no": "number", "nos": "number", "num": "number", "nbr": "number", "numbers": "number",
    "ref": "reference", "refs": "reference", "id": "identifier", "ident": "identifier",
    "dept": "department", "desc": "description", "descr": "description",
    "dob": "date of birth", "addr": "address", "tel": "telephone", "loc": "location", "org": "organisation",
    "wte": "fte",
}  # fmt: skip


def normalise_header(text: str) -> str:
    """A heading for matching: case, accents, punctuation, underscores, CamelCase and common short forms
    undone.

    "Collar No." and "collar_number" give the same; so do "StartDate" and "start date", "F.T.E." and "FTE".
    """
    plain = unicodedata.normalize("NFKD", str(text))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    plain = (
        re.sub(r"#", " number ", plain)
        .replace("&", " and ")
        .replace("%", " percent ")
        .replace("£", " pounds ")
    )
    plain = re.sub(r"(?<=[a-z]{3})of(?=[A-Z])", " of ", plain)
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", plain)
    plain = re.sub(r"\b(?:[A-Za-z]\.)+[A-Za-z]\b\.?", lambda found: found.group().replace(".", ""), plain)
    plain = re.sub(r"['’]", "", plain.lower())
    words = re.sub(r"[^a-z0-9]+", " ", plain).split()
    return " ".join(_WORDS.get(word, word) for word in words)


def column_letters(index: int) -> str:
    """A column's letters as a spreadsheet shows them: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True)
class Match:
    """Which heading a column was matched to (its place, or None) and how surely; a "guess" is shown as
    one."""

    index: int | None
    how: Literal["exact", "remembered", "guess", "none"]


#: how alike two headings must be (difflib's ratio) to be offered as a guess
CLOSE = 0.82


def guess_mapping(
    headers: Sequence[str], columns: Sequence[ColumnSpec], remembered: Mapping[str, str] | None = None
) -> dict[str, int | None]:
    """For each column's name the place of its heading, or None. See `match_columns`, which also says how."""
    return {name: match.index for name, match in match_columns(headers, columns, remembered).items()}


def match_columns(
    headers: Sequence[str], columns: Sequence[ColumnSpec], remembered: Mapping[str, str] | None = None
) -> dict[str, Match]:
    """Each column matched to at most one heading, each heading used once.

    `remembered` gives for a heading as written before the name of the column it was used for ("" where a
    person said it is not imported). What a person chose comes first, then exact headings and synonyms, then
    close ones.
    """
    keys = [normalise_header(header) for header in headers]
    names = {column.name for column in columns}
    kept = {normalise_header(header): name for header, name in (remembered or {}).items()}
    found: dict[str, Match] = {}
    used: set[int] = set()
    for index, key in enumerate(keys):
        name = kept.get(key)
        if name == "":
            used.add(index)
        elif name in names and name not in found:
            found[str(name)] = Match(index, "remembered")
            used.add(index)
    for column in columns:
        if column.name in found:
            continue
        for heading in column.headings:
            wanted = normalise_header(heading)
            place = next((i for i, key in enumerate(keys) if key == wanted and i not in used), None)
            if place is not None:
                found[column.name] = Match(place, "exact")
                used.add(place)
                break
    found |= _close_matches(keys, [column for column in columns if column.name not in found], used)
    return {column.name: found.get(column.name, Match(None, "none")) for column in columns}


def _close_matches(keys: Sequence[str], columns: Sequence[ColumnSpec], used: set[int]) -> dict[str, Match]:
    """The closest pairs first, so that a heading goes to the column it is most like."""
    pairs = []
    for order, column in enumerate(columns):
        for index, key in enumerate(keys):
            if index in used or len(key) < 4:
                continue
            ratio = max(_likeness(key, normalise_header(heading)) for heading in column.headings)
            if ratio >= CLOSE:
                pairs.append((-ratio, order, index, column.name))
    found: dict[str, Match] = {}
    taken: set[int] = set()
    for _, _, index, name in sorted(pairs):
        if name not in found and index not in taken:
            found[name] = Match(index, "guess")
            taken.add(index)
    return found


def _likeness(one: str, other: str) -> float:
    """0 to 1; words in another order count as the same words."""
    straight = difflib.SequenceMatcher(None, one, other).ratio()
    sorted_words = difflib.SequenceMatcher(
        None, " ".join(sorted(one.split())), " ".join(sorted(other.split()))
    )
    return max(straight, sorted_words.ratio())


_MONTHS = r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
#: a trailing time of day is allowed and left out
_TIME = r"(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?(?:Z|[+-]\d{2}:?\d{2})?)?$"
_WEEKDAY = r"^(?i:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? +)?"
_DAY_FIRST = r"^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})" + _TIME
_YEAR_FIRST = r"^(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})" + _TIME
_NAMED = _WEEKDAY + r"(\d{1,2})(?:st|nd|rd|th)?[ \-/.]*(" + _MONTHS + r")[a-z]*[ \-/.,]*(\d{4}|\d{2})" + _TIME
_COMPACT = r"^((?:19|20|21)\d{2})(\d{2})(\d{2})$"
_SERIAL = r"^\d{4,5}(?:\.\d+)?$"
#: Excel's day 0, two days early to allow for its belief in 29 February 1900
_EXCEL_EPOCH_DAYS = -25_569
#: serials taken as days: 1927-05-18 to 2119-01-05; smaller numbers are far likelier to be a year
_SERIALS = (10_000, 80_002)


def parse_dates(values: pl.Series) -> pl.Series:
    """Days from text, in any of the ways British offices write them; null where empty or impossible.

    31/03/2016 is day first, always. Two-figure years are 1950 to 2049. Bare numbers of five figures are
    Excel's serial days (42460 is 2016-03-31). A time of day is dropped.
    """
    text = pl.col("v")
    unique = values.cast(pl.String).str.strip_chars().unique().alias("v")

    def part(pattern: str, group: int) -> pl.Expr:
        return text.str.extract(pattern, group)

    month_number = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}
    named_month = part(_NAMED, 2).str.to_lowercase().replace_strict(month_number, default=None)
    serial = (
        pl.when(text.str.contains(_SERIAL)).then(text).cast(pl.Float64, strict=False).floor().cast(pl.Int32)
    )
    table = unique.to_frame().select(
        text,
        pl.coalesce(
            _day(part(_YEAR_FIRST, 1), part(_YEAR_FIRST, 2), part(_YEAR_FIRST, 3)),
            _day(part(_DAY_FIRST, 3), part(_DAY_FIRST, 2), part(_DAY_FIRST, 1)),
            _day(part(_NAMED, 3), named_month, part(_NAMED, 1)),
            _day(part(_COMPACT, 1), part(_COMPACT, 2), part(_COMPACT, 3)),
            pl.when(serial.is_between(*_SERIALS)).then(serial + _EXCEL_EPOCH_DAYS).cast(pl.Date),
        ).alias("day"),
    )
    asked = values.cast(pl.String).str.strip_chars().alias("v").to_frame()
    return asked.join(table, on="v", how="left", maintain_order="left")["day"].alias(values.name)


_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _day(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """A date from its parts as text, null where no calendar has it; two-figure years are 1950 to 2049."""
    number = year.cast(pl.Int32, strict=False)
    full = pl.when(number < 50).then(number + 2000).when(number < 100).then(number + 1900).otherwise(number)
    written = pl.format(
        "{}-{}-{}", full, month.cast(pl.String).str.zfill(2), day.cast(pl.String).str.zfill(2)
    )
    return written.str.to_date("%Y-%m-%d", strict=False)


_NUMBER = r"^[+-]?£?\d+(?:\.\d+)?$|^[+-]?£?\.\d+$"
_GROUPED = r"^[+-]?£?\d{1,3}(?:,\d{3})+(?:\.\d+)?$"


def parse_decimals(values: pl.Series) -> pl.Series:
    """Exact decimals from text ("1,234.50", "£12", "(3.50)" as an accountant's minus, "80%" as 0.8); null
    where empty or doubtful: "1.234,50" and "1,5" are refused, for they mean different numbers in different
    countries.

    Returns Decimal(38, 6); more than six decimal places are rounded half up to six.
    """
    text = pl.col("v")
    frame = values.cast(pl.String).alias("v").to_frame()
    frame = frame.select(
        text.str.replace_all(r"[\s\u{a0}]", "").str.replace(r"^\((.*)\)$", "-$1").str.replace_all("[−–]", "-")
        .str.replace(r"^£([+-])", "$1£")
    )  # fmt: skip
    percent = text.str.ends_with("%")
    bare = text.str.strip_suffix("%")
    good = bare.str.contains(_NUMBER) | bare.str.contains(_GROUPED)
    digits = pl.when(good).then(bare.str.replace_all("[,£+]", ""))
    exact = digits.str.to_decimal(scale=8)
    number = pl.when(percent).then(exact / 100).otherwise(exact)
    return frame.select(number.round(6).cast(pl.Decimal(38, 6))).to_series().alias(values.name)


def parse_whole_numbers(values: pl.Series) -> pl.Series:
    """Int64 from text; null where empty or not whole ("1,234" and "12.0" are whole, "12.5" is not)."""
    numbers = parse_decimals(values)
    return numbers.to_frame("v").select(
        pl.when(pl.col("v") == pl.col("v").round(0)).then(pl.col("v")).cast(pl.Int64, strict=False)
    ).to_series().alias(values.name)  # fmt: skip


YES = ("yes", "y", "true", "t", "1", "1.0", "x", "✓", "✔")
NO = ("no", "n", "false", "f", "0", "0.0", "-", "✗", "✘")


def parse_yes_no(values: pl.Series) -> pl.Series:
    """Boolean from text; null where empty or neither yes nor no."""
    lowered = values.cast(pl.String).str.strip_chars().str.to_lowercase()
    meanings = dict.fromkeys(YES, True) | dict.fromkeys(NO, False)
    return lowered.replace_strict(meanings, default=None, return_dtype=pl.Boolean)
