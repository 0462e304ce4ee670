"""The board's arithmetic and its sentences, without a database."""

import itertools
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workforce.boards.agenda.calc import (
    ActingPost,
    CellFacts,
    EndingFunding,
    Facts,
    Raised,
    Thresholds,
    draw_up,
    fte_words,
    gap_words,
)
from workforce.boards.decisions.calc import DecisionWords, action_counts, decision_sentence, listed
from workforce.boards.meetings.calc import meetings, months_after, pack_day
from workforce.boards.minutes.calc import Section, text_sections
from workforce.boards.pack.calc import canonical, digest
from workforce.establishment.calc import CellKey, Figures, GapCell, Vacancy

KEY = CellKey(rank_id=1, role_id=2, location_id=3, unit_id=4)
LABEL = "Sergeant, Custody, Watchford, Team A"
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 12, 31))


def test_a_meeting_on_the_31st_comes_back_to_the_31st():
    found = meetings(date(2015, 12, 31), 2, after=date(2015, 12, 31), until=date(2016, 8, 31))
    assert list(found) == [date(2016, 2, 29), date(2016, 4, 30), date(2016, 6, 30), date(2016, 8, 31)]


@given(DAYS, st.integers(1, 12))
def test_meetings_are_an_interval_apart_and_none_is_missed(first, interval):
    until = months_after(first, 36)
    found = [first, *meetings(first, interval, after=first, until=until)]
    months = [day.year * 12 + day.month for day in found]
    assert [after - before for before, after in itertools.pairwise(months)] == [interval] * (len(found) - 1)
    assert all(day.day <= first.day for day in found)
    assert len(found) == 36 // interval + 1


def test_the_pack_counts_the_day_six_days_before():
    assert pack_day(date(2016, 4, 4), 6) == date(2016, 3, 29)


@pytest.mark.parametrize(
    ("value", "words"), [("6", "6.0"), ("13.6479", "13.65"), ("0.5", "0.5"), ("0.6757", "0.68")]
)
def test_fte_in_sentences(value, words):
    assert fte_words(Decimal(value)) == words


def test_gap_in_words():
    assert gap_words(Decimal(6)) == "6.0 FTE under establishment"
    assert gap_words(Decimal("-0.5")) == "0.5 FTE over establishment"
    assert gap_words(Decimal(0)) == "at establishment"


def cell_gap(establishment: str, strength: str) -> GapCell:
    figures = Figures(establishment_fte=Decimal(establishment), strength_fte=Decimal(strength))
    return GapCell(
        key=KEY,
        rank="Sergeant",
        rank_category="officer",
        role="Custody",
        location="Watchford",
        unit="Team A",
        unit_path=("Team A",),
        figures=figures,
    )


def vacancy(reference: str, age: int, vacant: str = "1") -> Vacancy:
    return Vacancy(
        post_id=1,
        reference=reference,
        key=KEY,
        rank="Sergeant",
        rank_category="officer",
        role="Custody",
        location="Watchford",
        unit="Team A",
        fte=Decimal(1),
        vacant_fte=Decimal(vacant),
        since=date(2015, 1, 1),
        age_days=age,
        funding="Core",
        funding_kind="core",
        funding_ends_on=None,
    )


def drawn(**facts):
    base = Facts(
        cells={KEY: CellFacts(key=KEY, label=LABEL, establishment_fte=Decimal(12))},
        gaps=(),
        vacancies=(),
        acting=(),
        funding=(),
    )
    return draw_up(replace(base, **facts), Thresholds(gap_fte=Decimal(2), vacancy_days=90))


def test_a_gap_at_the_threshold_is_raised_and_one_below_is_not():
    (item,) = drawn(gaps=[cell_gap("12", "10")])
    assert item.raised_by == [Raised.GAP]
    assert item.reason == "2.0 FTE under establishment: posts of 12.0, strength of 10.0."
    assert drawn(gaps=[cell_gap("12", "10.01")]) == []


def test_over_establishment_is_raised_too():
    (item,) = drawn(gaps=[cell_gap("12", "15")])
    assert item.reason.startswith("3.0 FTE over establishment")


def test_a_post_vacant_too_long_is_raised_though_its_cell_has_no_gap():
    (item,) = drawn(vacancies=[vacancy("B-1", 91), vacancy("B-2", 90), vacancy("B-3", 400)])
    assert item.raised_by == [Raised.VACANCY]
    assert item.reason == "Vacant for more than 90 days: 2 posts, the longest B-3 for 400 days."
    assert (item.vacant_posts, item.longest_vacant_days) == (3, 400)
    assert drawn(vacancies=[vacancy("B-1", 90)]) == []


def test_what_a_part_time_holder_leaves_of_a_post_is_no_vacant_post():
    assert drawn(vacancies=[vacancy("B-1", 4000, vacant="0.2")]) == []


def test_acting_and_ending_funding_are_raised_with_their_reasons():
    (item,) = drawn(
        acting=[ActingPost(key=KEY, reference="B-1", days=60)],
        funding=[
            EndingFunding(key=KEY, funding="Grant", ends_on=date(2016, 9, 30), posts=2, fte=Decimal("1.5"))
        ],
    )
    assert item.raised_by == [Raised.ACTING, Raised.FUNDING]
    assert item.reason == (
        "1 person has acted for more than 46 days, the longest in post B-1 for 60: temporary promotion is "
        "due. Grant ends on 30 September 2016: it pays 2 posts (1.5 FTE)."
    )
    assert item.funding_ends_on == date(2016, 9, 30)


WORDS = DecisionWords(
    kind="fill",
    source="promotion",
    fte=Decimal(2),
    effective_on=date(2016, 5, 1),
    posts=["B-1", "B-2"],
)


def test_decisions_as_sentences():
    assert decision_sentence(WORDS) == (
        "Fill posts B-1 and B-2 (2.0 FTE) from the promotion pool by 1 May 2016."
    )
    assert decision_sentence(replace(WORDS, kind="hold")) == "Hold 2.0 FTE vacant until 1 May 2016."
    assert decision_sentence(replace(WORDS, kind="delete", posts=["B-1"])) == (
        "Delete post B-1 (2.0 FTE) from 1 May 2016."
    )
    new = replace(WORDS, kind="new", new_posts=2, new_reference="N-1", funding="Grant", posts=[])
    assert decision_sentence(new) == (
        "Create 2 new posts of 1.0 FTE each (N-1-1 and N-1-2) from 1 May 2016, paid from Grant."
    )


def test_lists_and_counts_in_words():
    assert [listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == ["a", "a and b", "a, b and c"]
    counts = action_counts([("done", False)] * 6 + [("open", True)] * 2 + [("dropped", False)])
    assert counts.words == "6 done, 2 late, 1 dropped"
    assert counts.total == 9
    assert action_counts([]).words == "none"


def test_minutes_text_is_read_back_into_its_sections():
    assert text_sections("A\nfirst\nsecond\n\nB\n\nC\nthird\n") == [
        Section(heading="A", paragraphs=["first", "second"]),
        Section(heading="B", paragraphs=[]),
        Section(heading="C", paragraphs=["third"]),
    ]


def test_the_digest_is_of_the_content_and_not_of_how_it_is_held():
    assert digest({"b": Decimal("1.5"), "a": [date(2016, 3, 1)]}) == digest(
        {"a": (date(2016, 3, 1),), "b": Decimal("1.5000")}
    )
    assert digest({"a": Decimal("1.5")}) != digest({"a": Decimal("1.5001")})
    assert canonical(Decimal("-0.50")) == "-0.5000"
