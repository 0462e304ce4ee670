"""Charts as Vega-Lite specifications: plain dictionaries made from figures, nothing drawn here.

Every function returns a `Chart`: the specification, a plain sentence that says what it shows (for people who
do not see it) and the table of its figures (always printed beside it). Only the *data* of a specification
comes from outside; field names, expressions and styles are fixed here, so no name can become an instruction.
"""

from peelsite.charts.calc.bars import bar_chart, gap_bars, share_bars
from peelsite.charts.calc.base import Chart, Series, Spec, Timeline, Unit, digest_of, finish_svg
from peelsite.charts.calc.fans import Fan, fan_chart
from peelsite.charts.calc.lines import line_chart
from peelsite.charts.calc.small import Svg, small_fan
from peelsite.charts.calc.strips import strip_chart

__all__ = [
    "Chart",
    "Fan",
    "Series",
    "Spec",
    "Svg",
    "Timeline",
    "Unit",
    "bar_chart",
    "digest_of",
    "fan_chart",
    "finish_svg",
    "gap_bars",
    "line_chart",
    "share_bars",
    "small_fan",
    "strip_chart",
]
