"""The order of candidates and the check of chains, against slow ways to say the same."""

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest

from workforce.boards.matching.calc import (
    POINTS,
    POINTS_FOR,
    Held,
    Holding,
    Hours,
    Minimum,
    Move,
    Need,
    PersonFacts,
    PostFacts,
    Seat,
    Team,
    Terms,
    Wishes,
    assess,
    assign,
    check,
    whole_months,
)
from workforce.boards.matching.calc.scoring import CHECK_HEALTH, months_words

ON = date(2016, 5, 1)
POST = PostFacts(
    post_id=1,
    cell=(20, 5, 7, 9),
    rank="Sergeant",
    rank_order=2,
    category="officer",
    role="Custody sergeant",
    location="Watchford",
    unit="Custody",
    fte=1.0,
    below_id=10,
    takes_from_below=True,
    on=ON,
    needs=(Need(skill_id=3, name="Custody", level=2, level_name="Practitioner", is_of_everyone=True),),
)
PERSON = PersonFacts(
    person_id=100,
    name="Alex Sample",
    number="1187",
    rank_id=20,
    rank="Sergeant",
    rank_order=2,
    category="officer",
    post_id=2,
    cell=(20, 6, 8, 10),
    role="Patrol sergeant",
    location="Bexford",
    unit="Response",
    fte=1.0,
    months_in_post=30,
    gap_after=0.0,
    minutes=15,
)
TERMS = Terms(minimum_tenure_months=12)


def names(**changes):
    found = assess(POST, replace(PERSON, **changes), TERMS)
    assert found.score == sum(reason.points for reason in found.reasons)
    return {reason.name for reason in found.reasons if reason.name}


def words(terms=TERMS, **changes):
    found = assess(POST, replace(PERSON, **changes), terms)
    return [reason.words for reason in found.reasons]


def test_every_point_has_its_words_and_the_other_way_round():
    assert POINTS.keys() == POINTS_FOR.keys()
    assert all(POINTS.values())


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({}, "rank_held"),
        ({"rank_id": 10, "promotion": "pool"}, "promotion_pool"),
        ({"rank_id": 10, "promotion": "qualified"}, "promotion_qualified"),
        ({"rank_id": 10}, "acting_only"),
        ({"cell": (20, 5, 8, 10), "months_in_role": 3}, "role_now"),
        ({"months_in_role": 3}, "role_before"),
        ({"held": {3: Held(2, True, None)}}, "skill_held"),
        ({"held": {3: Held(2, False, None)}}, "skill_unconfirmed"),
        ({"held": {3: Held(1, True, None)}}, "skill_missing"),
        ({}, "skill_missing"),
        ({"cell": (20, 6, 7, 10)}, "same_place"),
        ({"minutes": 20}, "near"),
        ({"minutes": 41}, "far"),
        ({"minutes": 61}, "very_far"),
        ({"months_in_post": 12}, "tenure_reached"),
        ({"months_in_post": 11}, "tenure_short"),
        ({"fte": 0.6}, "part_of_post"),
        ({"leaves": date(2016, 10, 1)}, "leaves_within_half_year"),
        ({"leaves": date(2017, 3, 1)}, "leaves_within_year"),
        ({"away": "Acting"}, "away"),
        ({"teams": (Team("Response", 11.0, 12.0, 12.0),)}, "below_minimum"),
        ({"teams": (Team("Response", 9.0, 12.0, 10.0),)}, "below_minimum"),
        ({"gap_after": 0.5}, "leaves_gap"),
        ({"gap_after": -0.5}, "leaves_no_gap"),
        ({"cell": POST.cell}, "same_cell"),
    ],
)
def test_each_fact_gives_its_named_points(changes, name):
    assert name in names(**changes)


def test_wishes_count_each_for_itself():
    wishes = Wishes(True, date(2016, 6, 1), frozenset({5}), frozenset({7}), frozenset({9}))
    wished = {"wants_move", "wished_role", "wished_location", "wished_unit", "wished_later"}
    assert wished <= names(wishes=wishes)
    stay = Wishes(False, None, frozenset(), frozenset(), frozenset())
    assert "wants_no_move" in names(wishes=stay)
    assert not {name for name in names() if name.startswith("w")}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"post_id": 1}, "in this post already"),
        ({"rank_id": 30, "rank": "Inspector"}, "Inspector: the post is for a sergeant, or one rank below"),
        ({"category": "staff"}, "the post is for a sergeant"),
        ({"leaves": ON}, "Leaves the force, last day 30 April 2016"),
        ({"is_absent": True}, "no day of return is known"),
        ({"is_absent": True, "back_on": date(2016, 7, 1)}, "until 30 June 2016"),
        ({"booked_on": date(2016, 6, 1), "booked_where": "post C-7"}, "due to go to post C-7 on 1 June 2016"),
    ],
)
def test_what_rules_a_person_out_stands_apart(changes, sentence):
    found = assess(POST, replace(PERSON, **changes), TERMS)
    assert any(sentence in words for words in found.cannot)


def test_health_has_no_points_and_only_those_who_may_read_the_fact():
    fit = assess(POST, PERSON, TERMS)
    limited = {"is_limited": True, "limited_until": date(2016, 9, 1)}
    assert assess(POST, replace(PERSON, **limited), TERMS).score == fit.score
    assert CHECK_HEALTH in words(**limited)
    assert not [each for each in words(**limited) if "limited" in each]
    seen = words(Terms(minimum_tenure_months=12, sees_health=True), **limited)
    assert "Is on limited duties until 31 August 2016" in seen
    assert CHECK_HEALTH not in seen


def test_flexible_working_says_until_when_and_what_to_check():
    hours = Hours("Compressed hours", "Four days of ten hours", date(2016, 9, 1), date(2016, 6, 1))
    [line] = [each for each in words(hours=hours) if "agreed" in each]
    assert line == (
        "Compressed hours agreed: Four days of ten hours, until 31 August 2016, to be reviewed on "
        "1 June 2016. Check that the post can take it"
    )


def test_months_are_whole_and_read_well():
    assert whole_months(date(2015, 5, 2), ON) == 11
    assert whole_months(date(2015, 5, 1), ON) == 12
    assert whole_months(date(2017, 1, 1), ON) == 0
    assert [months_words(number) for number in (0, 1, 12, 27)] == [
        "less than a month",
        "1 month",
        "1 year",
        "2 years 3 months",
    ]


@pytest.mark.parametrize("seed", range(60))
def test_the_assignment_is_the_best_of_all(seed):
    """Against every way to put people into the posts: as many filled as can be, then the most points."""
    chance = random.Random(seed)
    people = list(range(chance.randrange(1, 6)))
    posts = list(range(10, 10 + chance.randrange(1, 5)))
    scores = {
        post: {person: chance.randrange(-60, 90) for person in people if chance.random() < 0.7}
        for post in posts
    }
    found = assign(scores)
    assert len({each.person_id for each in found}) == len(found)
    assert all(each.score == scores[each.post_id][each.person_id] for each in found)
    best = (0, 0)
    slots = [*people, *([None] * len(posts))]
    for chosen in set(permutations(slots, len(posts))):
        taken = [
            scores[post][person]
            for post, person in zip(posts, chosen, strict=True)
            if person is not None and person in scores[post]
        ]
        best = max(best, (len(taken), sum(taken)))
    assert (len(found), sum(each.score for each in found)) == best


FIRST = date(2016, 1, 1)


def world(seed):
    """Invented postings of eight people in six posts of two units, and a few moves."""
    chance = random.Random(seed)

    def day(low=0, high=60):
        return FIRST + timedelta(days=chance.randrange(low, high))

    seats = {
        post: Seat(chance.choice([1.0, 1.0, 2.0]), 1 + post % 2, 1 + post % 3, date(2015, 1, 1), None)
        for post in range(1, 7)
    }
    holdings = []
    for person in range(1, 9):
        ends = day(20, 90) if chance.random() < 0.2 else None
        holdings.append(
            Holding(
                person=person,
                post=chance.randrange(1, 7),
                fte=chance.choice([1.0, 0.5]),
                starts=date(2015, 6, 1),
                ends=ends,
                is_supernumerary=chance.random() < 0.1,
            )
        )
        if chance.random() < 0.3:
            starts = day(0, 40)
            holdings.append(
                Holding(
                    person=person,
                    post=chance.randrange(0, 7),
                    fte=0.5,
                    starts=starts,
                    ends=starts + timedelta(days=chance.randrange(1, 30)),
                    is_away=True,
                )
            )
    moves = [
        Move(
            person=person,
            post=chance.randrange(1, 7),
            starts=(starts := day()),
            is_away=(away := chance.random() < 0.3),
            ends=starts + timedelta(days=chance.randrange(1, 40)) if away else None,
        )
        for person in chance.sample(range(1, 9), chance.randrange(1, 4))
    ]
    minimums = [
        Minimum(
            unit, rank, chance.choice([1.0, 2.0, 3.5]), FIRST, day(40, 80) if chance.random() < 0.3 else None
        )
        for unit, rank in ((1, None), (2, None), (1, 2))
    ]
    return holdings, moves, seats, minimums


def counted(holdings, person, day):
    """Where a person is on a day, the slow way: away if any away posting runs, else the own post."""
    running = [
        each
        for each in holdings
        if each.person == person and each.starts <= day and (each.ends is None or day < each.ends)
    ]
    away = [each for each in running if each.is_away]
    return away or running


def moved_on(holdings, moves, seats, day):
    """The postings that run on a day after the moves, person by person."""
    found = []
    for person in {each.person for each in holdings}:
        rows = [each for each in holdings if each.person == person]
        for move in (move for move in moves if move.person == person):
            own = [
                each
                for each in rows
                if not each.is_away
                and each.starts <= move.starts
                and (each.ends is None or move.starts < each.ends)
            ]
            fte = own[0].fte if own else 1.0
            if not move.is_away:
                rows = [replace(each, ends=move.starts) if each in own else each for each in rows]
            else:
                fte = min(fte, seats[move.post].fte)
            rows.append(
                Holding(
                    person=person,
                    post=move.post,
                    fte=fte,
                    starts=move.starts,
                    ends=move.ends,
                    is_away=move.is_away,
                )
            )
        found += [each for each in counted(rows, person, day) if each.post and not each.is_supernumerary]
    return found


@pytest.mark.parametrize("seed", range(150))
def test_a_chain_is_checked_as_day_by_day(seed):
    holdings, moves, seats, minimums = world(seed)
    checked = check(holdings, moves, seats, minimums)
    begins = min(move.starts for move in moves)
    for number in range(140):
        day = begins + timedelta(days=number)
        before = moved_on(holdings, [], seats, day)
        after = moved_on(holdings, moves, seats, day)
        for post in {move.post for move in moves}:
            fte = sum(each.fte for each in after if each.post == post)
            told = [
                each
                for each in checked.overfull
                if each.post == post and each.starts <= day and (each.ends is None or day < each.ends)
            ]
            assert bool(told) == (fte > seats[post].fte + 1e-9), (day, post)
            assert all(each.fte == pytest.approx(fte) for each in told)
        for minimum in minimums:
            holds = minimum.starts <= day and (minimum.ends is None or day < minimum.ends)
            was, will = (
                sum(
                    each.fte
                    for each in rows
                    if seats[each.post].unit == minimum.unit and minimum.rank in (None, seats[each.post].rank)
                )
                for rows in (before, after)
            )
            told = [
                each
                for each in checked.below
                if (each.unit, each.rank) == (minimum.unit, minimum.rank)
                and each.starts <= day
                and (each.ends is None or day < each.ends)
            ]
            wanted = holds and will < minimum.fte - 1e-9 and will < was - 1e-9
            assert bool(told) == wanted, (day, minimum)


def test_a_person_moves_once_and_a_post_must_be_there():
    seats = {1: Seat(1.0, 1, 1, date(2016, 3, 1), date(2016, 12, 1)), 2: Seat(1.0, 1, 1, FIRST, None)}
    moves = [
        Move(person=1, post=1, starts=date(2016, 2, 1)),
        Move(person=1, post=2, starts=date(2016, 2, 1)),
    ]
    checked = check([], moves, seats, [])
    assert (checked.twice, checked.outside, checked.is_possible) == ((1,), (1,), False)
    fits = Move(person=2, post=1, starts=date(2016, 3, 1), ends=date(2016, 12, 1), is_away=True)
    assert check([], [fits], seats, []).is_possible


def test_two_people_change_places_on_one_day():
    holdings = [
        Holding(person=1, post=1, fte=1.0, starts=FIRST, ends=None),
        Holding(person=2, post=2, fte=1.0, starts=FIRST, ends=None),
    ]
    seats = {post: Seat(1.0, post, 1, FIRST, None) for post in (1, 2)}
    swap = [Move(person=1, post=2, starts=ON), Move(person=2, post=1, starts=ON)]
    minimums = [Minimum(1, None, 1.0, FIRST, None)]
    assert check(holdings, swap, seats, minimums).below == ()
    assert check(holdings, swap, seats, minimums).is_possible
    late = [swap[0], replace(swap[1], starts=ON + timedelta(days=2))]
    checked = check(holdings, late, seats, minimums)
    assert [(each.post, each.starts, each.ends) for each in checked.overfull] == [
        (2, ON, ON + timedelta(days=2))
    ]
    assert [(each.unit, each.fte) for each in checked.below] == [(1, 0.0)]
