"""What raises an item beside the gap of today, without a database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workforce.boards.agenda.calc import (
    ActingPost,
    CellFacts,
    EarlierItem,
    EndingSecondment,
    Facts,
    ProjectedCell,
    ProjectedMonth,
    Raised,
    Reason,
    Thresholds,
    UnitKey,
    chance_words,
    draw_up,
    range_words,
    skills_words,
)
from workforce.boards.agenda.calc.projected import chance_beyond, projected_gap
from workforce.establishment.calc import CellKey

KEY = CellKey(rank_id=1, role_id=2, location_id=3, unit_id=4)
OTHER = CellKey(rank_id=1, role_id=2, location_id=3, unit_id=5)
LABEL = "Sergeant, Custody, Watchford, Team A"
UNTIL = date(2017, 3, 31)
THRESHOLDS = Thresholds(
    gap_fte=Decimal(2), vacancy_days=90, projected_gap_fte=Decimal(2), projected_until=UNTIL
)


def month(on: date, p50: float, chance: float, spread: float = 2) -> ProjectedMonth:
    return ProjectedMonth(on=on, p10=p50 - spread, p50=p50, p90=p50 + spread, mean=p50, chance=chance)


def projected(*months: ProjectedMonth, threshold: float = 2, key: CellKey = KEY) -> ProjectedCell:
    return ProjectedCell(key=key, label=LABEL, threshold=threshold, months=months)


def drawn(**facts):
    base = Facts(
        cells={
            KEY: CellFacts(key=KEY, label=LABEL, establishment_fte=Decimal(12)),
            OTHER: CellFacts(key=OTHER, label="Another", establishment_fte=Decimal(5)),
        },
        gaps=(),
        vacancies=(),
        acting=(),
        funding=(),
    )
    return draw_up(replace(base, **facts), THRESHOLDS)


def test_the_widest_gap_that_is_likely_enough_raises_the_item():
    (item,) = drawn(
        projected=[
            projected(
                month(date(2016, 6, 30), 1, 0.2),
                month(date(2016, 12, 31), 4.1, 0.81),
                month(date(2017, 3, 31), 3, 0.7),
                # Beyond the horizon, however sure.
                month(date(2017, 4, 30), 9, 1),
            )
        ]
    )
    assert item.raised_by == [Raised.PROJECTED]
    assert item.reason == (
        "Projected for 31 December 2016: 4.1 FTE under establishment, with 80% certainty 2.1 to 6.1 FTE "
        "under; the chance of more than 2.0 FTE under is 81%."
    )
    assert (item.projected.p10, item.projected.p90) == (Decimal("2.1000"), Decimal("6.1000"))


def test_a_chance_below_the_one_asked_raises_nothing_but_is_kept_beside_another_reason():
    unlikely = projected(month(date(2016, 12, 31), 1.5, 0.4))
    assert drawn(projected=[unlikely]) == []
    (item,) = drawn(projected=[unlikely], temporary=[ActingPost(key=KEY, reference="B-1", days=400)])
    assert item.raised_by == [Raised.TEMPORARY]
    assert item.projected.chance == Decimal("0.4000")


def test_the_wider_of_the_gap_now_and_the_projected_one_comes_first():
    items = drawn(
        projected=[
            projected(month(date(2016, 9, 30), 3, 0.9)),
            projected(month(date(2016, 9, 30), 7, 0.9), key=OTHER),
        ],
        reasons=[
            Reason(key=UnitKey(9), title="A unit", raised=Raised.OVERTIME, sentence="A tenth above budget.")
        ],
    )
    assert [item.key for item in items] == [OTHER, KEY, UnitKey(9)]
    assert items[-1].gap_fte is None


def test_another_threshold_than_that_of_the_projection_is_judged_by_mean_and_spread():
    found = month(date(2016, 9, 30), 4, 0.123, spread=1.2816)
    assert chance_beyond(found, 2, 2) == 0.123
    assert chance_beyond(found, 2, 4) == pytest.approx(0.5)
    assert chance_beyond(found, 2, 5) == pytest.approx(0.1587, abs=1e-4)
    certain = replace(found, p10=4, p90=4)
    assert (chance_beyond(certain, 2, 3.9), chance_beyond(certain, 2, 4)) == (1, 0)


@given(
    st.lists(st.tuples(st.floats(-20, 20), st.floats(0, 1)), min_size=1, max_size=12),
    st.floats(0.01, 1),
)
def test_the_gap_shown_is_the_widest_of_those_likely_enough_else_the_likeliest(rows, chance):
    months = [month(date(2016, place, 1), p50, likely) for place, (p50, likely) in enumerate(rows, start=1)]
    asked = {"threshold": Decimal(2), "chance": chance}
    found = projected_gap(projected(*months), until=date(2016, 12, 31), **asked)
    likely = [each for each in months if each.chance >= chance]
    if likely:
        assert float(found.p50) == pytest.approx(max(each.p50 for each in likely), abs=1e-4)
    else:
        assert float(found.chance) == pytest.approx(max(each.chance for each in months), abs=1e-4)
    assert projected_gap(projected(*months), until=date(2015, 12, 31), **asked) is None


def test_secondments_that_end_say_which_way():
    (item,) = drawn(
        secondments=[
            EndingSecondment(
                key=KEY, reference="B-2", host="Northshire", ends_before=date(2016, 6, 1), is_in=True
            ),
            EndingSecondment(
                key=KEY, reference="B-3", host="A college", ends_before=date(2016, 5, 1), is_in=False
            ),
            EndingSecondment(
                key=KEY, reference="B-1", host="Northshire", ends_before=date(2016, 5, 2), is_in=True
            ),
        ]
    )
    assert item.reason == (
        "2 secondments end, the first from Northshire into post B-1 before 2 May 2016: the post falls "
        "vacant. A secondment from post B-3 to A college ends before 1 May 2016: its holder comes back."
    )


def test_one_item_has_all_its_reasons_the_late_one_first():
    reasons = [
        Reason(key=KEY, title=LABEL, raised=Raised.CASE, sentence="A case is approved."),
        Reason(key=KEY, title=LABEL, raised=Raised.SKILL, sentence="Skills are short."),
        Reason(key=KEY, title=LABEL, raised=Raised.LATE, sentence="A decision is late."),
        Reason(key=KEY, title=LABEL, raised=Raised.LATE, sentence="And another."),
    ]
    (item,) = drawn(reasons=reasons, temporary=[ActingPost(key=KEY, reference="B-1", days=366)])
    assert item.raised_by == [Raised.LATE, Raised.TEMPORARY, Raised.SKILL, Raised.CASE]
    assert item.reason.startswith("A decision is late. And another. 1 person is on temporary promotion")
    assert drawn(temporary=[ActingPost(key=KEY, reference="B-1", days=365)]) == []


def test_a_late_decision_of_a_cell_without_posts_and_of_an_item_in_words_come_back():
    gone = CellKey(rank_id=7, role_id=7, location_id=7, unit_id=7)
    items = drawn(
        reasons=[
            Reason(key=gone, title="A closed team", raised=Raised.LATE, sentence="Late."),
            Reason(key=EarlierItem(3), title="Recruit together?", raised=Raised.LATE, sentence="Late."),
        ]
    )
    assert [(item.title, item.gap_fte) for item in items] == [
        ("A closed team", 0),
        ("Recruit together?", None),
    ]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        ("1", "7.24", "1.0 to 7.2 FTE under"),
        ("-0.5", "7", "0.5 FTE over to 7.0 under"),
        ("-7", "-1", "1.0 to 7.0 FTE over"),
        ("0", "0", "0.0 to 0.0 FTE under"),
    ],
)
def test_ranges_in_words(low, high, words):
    assert range_words(Decimal(low), Decimal(high)) == words


def test_chances_near_the_ends_are_not_certain():
    assert [chance_words(each) for each in (0, 0.004, 0.506, 0.996, 1)] == [
        "0%",
        "under 1%",
        "51%",
        "over 99%",
        "100%",
    ]


@pytest.mark.parametrize(
    ("short", "expected"),
    [
        ([("First aid", 80, 105)], "By 31 March 2017 short of 1 skill: First aid (80 of 105)."),
        (
            [("First aid", 80, 105), ("Driving", 5, 20)],
            "By 31 March 2017 short of 2 skills: First aid (80 of 105) and Driving (5 of 20).",
        ),
        (
            [("First aid", 80, 105), ("Driving", 5, 20), ("Search", 2, 7), ("Dogs", 0, 2)],
            (
                "By 31 March 2017 short of 4 skills: First aid (80 of 105), Driving (5 of 20), "
                "Search (2 of 7) and 1 more."
            ),
        ),
    ],
)
def test_a_place_short_of_skills_names_the_worst_of_them(short, expected):
    assert skills_words(UNTIL, short) == expected
