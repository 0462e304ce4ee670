"""Charts of invented figures, one of each kind."""

from datetime import date
from decimal import Decimal

from peelsite.charts.calc import (
    Chart,
    Series,
    Timeline,
    Unit,
    bar_chart,
    gap_bars,
    line_chart,
    share_bars,
    strip_chart,
)

FTE = Unit("FTE", 1)
SHARE = Unit(percent=True, decimals=1)
HOSTILE = [
    "</svg><script>alert(1)</script>",
    '#eval("x") \\ $x$ `raw` <label> @ref *bold* _it_ // comment',
    "signal('width') datum.value {{ 7*7 }}",
    "\x00\x07bell\x1b[31m \ud800 \ufffe",
    "\u202eevil\u202c عمر بن علي",
    "👮🏽‍♀️ 中文 क्षि Siân Ŵyn Łódź",
]


def grouped() -> Chart:
    series = [
        Series("2010", (2187, 1708, 267)),
        Series("2016", (Decimal("1929.4"), 1247, 221)),
        Series("2020 budget", (1846, 1187, None)),
    ]
    return bar_chart("Workforce by type", ["Officers", "Staff", "PCSOs"], series, unit=Unit("FTE"))


def stacked() -> Chart:
    series = [
        Series("Officers", (Decimal("0.568"), Decimal("0.61"))),
        Series("Staff", (Decimal("0.367"), Decimal("0.32"))),
        Series("PCSOs", (Decimal("0.065"), Decimal("0.07"))),
    ]
    return bar_chart("Shares", ["Hertfordshire", "England and Wales"], series, unit=SHARE, stacked=True)


def shares() -> Chart:
    rows = [("Officers", Decimal("0.568"), Decimal("0.604")), ("Staff", Decimal("0.367"), None)]
    return share_bars("Share of workforce by type", rows, ours="Hertfordshire")


def gaps() -> Chart:
    rows = [
        ("Constable", Decimal("1520"), Decimal("1474.25")),
        ("Sergeant", Decimal("292"), Decimal("285.5")),
        ("Inspector", Decimal("88"), Decimal("90")),
        ("Superintendent", 16, 16),
    ]
    return gap_bars("Gap by rank", rows, unit=FTE)


def lines() -> Chart:
    years = range(2010, 2017)
    officers = tuple((date(y, 3, 31), 2187 - (y - 2010) * 43) for y in years)
    staff = tuple((date(y, 3, 31), 1708 - (y - 2010) * 77) for y in years)
    timelines = [Timeline("Officers", officers), Timeline("Staff", staff)]
    return line_chart("Workforce since 2010", timelines, unit=Unit("FTE"))


def forces_strip(marked: str = "Hertfordshire") -> Chart:
    values = [(f"Force {n}", 0.5 + n * n * 0.0001) for n in range(42)]
    values += [("Hertfordshire", 0.568), ("Force without a figure", None)]
    return strip_chart(
        "Officers as a share", values, marked=marked, mean=0.558, low=0.52, high=0.596, unit=SHARE
    )


def hostile() -> Chart:
    values = tuple(Decimal(n) for n in range(-1, len(HOSTILE) - 1))
    return bar_chart(HOSTILE[0], HOSTILE, [Series(HOSTILE[2], values)], unit=Unit(HOSTILE[1]))


KINDS = (grouped, stacked, shares, gaps, lines, forces_strip, hostile)
