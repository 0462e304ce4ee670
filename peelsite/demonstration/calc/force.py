"""Puts the parts together: one seed, one force."""

import random
from datetime import date, timedelta

from peelsite.demonstration.calc.history import History
from peelsite.demonstration.calc.names import names_give
from peelsite.demonstration.calc.part_time import part_time_set
from peelsite.demonstration.calc.plan import Plan
from peelsite.demonstration.calc.posts import PostMaker
from peelsite.demonstration.calc.rows import MadeForce, Person, Post
from peelsite.demonstration.calc.spells import spells_add

FULL_SERVICE_YEARS = 28
RETIREMENTS_KNOWN = 14
RETIRING = ("PC", "SGT", "INSP", "CINSP")


def force_make(plan: Plan) -> MadeForce:
    """Posts, people and postings of `plan`; the same plan and seed give the same rows.

    Raises ValueError when the plan cannot give its published totals.
    """
    rng = random.Random(plan.seed)  # noqa: S311 - invented people, not secrets
    posts = PostMaker(plan, rng).make()
    people = History(plan, posts, rng).run()
    _short_spells(plan, people, rng)
    part_time_set(plan, people, rng)
    names_give(plan, people, rng)
    _retirements_known(plan, people, rng)
    spells_add(plan, people, rng)
    for person in people:
        _end_with_post(person)
    _never_filled_begin_late(plan, posts, people, rng)
    return MadeForce(posts, people)


def _never_filled_begin_late(plan: Plan, posts: list[Post], people: list[Person], rng: random.Random) -> None:
    """A post that nobody has ever held was funded lately; nobody keeps one empty for twenty years."""
    held = {id(posting.post) for person in people for posting in person.postings}
    latest = plan.opening_day.year - 1
    for post in posts:
        if id(post) not in held and post.starts.year < latest and (post.ends or date.max).year > latest:
            post.starts = date(rng.randint(latest - 1, latest), rng.randint(1, 12), 1)


def _short_spells(plan: Plan, people: list[Person], rng: random.Random) -> None:
    """Every other acting spell is younger than 46 days; until it began, the place was empty."""
    acting = [posting for person in people for posting in person.postings if posting.kind == "acting"]
    for posting in acting[::2]:
        posting.starts = plan.opening_day - timedelta(days=rng.randint(3, 40))


def _retirements_known(plan: Plan, people: list[Person], rng: random.Random) -> None:
    """Some of the longest serving have given notice for a day in the next six months."""
    day = plan.opening_day
    serving = [
        person
        for person in people
        if person.left is None
        and person.group.name in RETIRING
        and person.own_slot is None
        and person.service_years(day) > FULL_SERVICE_YEARS
    ]
    for person in rng.sample(serving, min(RETIREMENTS_KNOWN, len(serving))):
        person.left = day + timedelta(days=rng.randint(20, 180))
        person.reason = "retired"
        for posting in person.postings:
            if posting.ends is None:
                posting.ends = person.left


def _end_with_post(person: Person) -> None:
    for posting in person.postings:
        closes = posting.post.ends if posting.post else None
        if closes is not None and (posting.ends is None or posting.ends > closes):
            posting.ends = closes
