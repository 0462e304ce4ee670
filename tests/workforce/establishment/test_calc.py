"""What is hidden from those who may not see health records."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from workforce.establishment import calc
from workforce.establishment.calc import EstablishmentTables, Figures, Line

DAY = date(2016, 3, 31)


def tables_of(counts, *, units=()):
    lines = tuple(
        Line(key=number, label=str(number), figures=Figures(long_term_absent_heads=count))
        for number, count in enumerate(counts, start=1)
    )
    return EstablishmentTables(
        force_id=1,
        day=DAY,
        total=calc.figures_sum(line.figures for line in lines),
        by_type=(),
        by_rank=lines,
        by_role=(),
        by_location=(),
        by_unit=units,
    )


@given(st.lists(st.integers(0, 12), max_size=8))
def test_nobody_can_be_had_by_subtraction(counts):
    hidden = calc.without_small_health(tables_of(counts))
    shown = [line for line in hidden.by_rank if not line.hides_health]
    assert all(not 0 < line.figures.long_term_absent_heads < 5 for line in shown)
    if not hidden.hides_health:
        left = hidden.total.long_term_absent_heads - sum(
            line.figures.long_term_absent_heads for line in shown
        )
        assert left == 0 or left >= 5 or len(shown) == len(counts)


def test_lines_large_enough_are_shown():
    hidden = calc.without_small_health(tables_of([5, 0, 30]))
    assert [line.hides_health for line in hidden.by_rank] == [False, False, False]
    hidden = calc.without_small_health(tables_of([2, 6, 30]))
    assert [line.hides_health for line in hidden.by_rank] == [True, True, False]


def test_units_below_a_command_show_no_health():
    command = Line(key=1, label="Crime", figures=Figures(limited_heads=9))
    team = replace(command, key=2, depth=1)
    hidden = calc.without_small_health(tables_of([], units=(command, team)))
    assert [line.hides_health for line in hidden.by_unit] == [False, True]
