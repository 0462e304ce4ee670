"""Real connections at the same things, in orders that hypothesis draws: one effect each, and a sentence."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peelsite.accounts.models import Membership
from peelsite.accounts.permissions import Role
from peelsite.accounts.services import membership_change, membership_end
from peelsite.forces.models import Force
from peelsite.inspection.comparison.models import ComparisonExclusion
from peelsite.inspection.comparison.services import exclusion_add
from peelsite.web.editing import turns
from peelsite.web.editing.turns import in_turn
from tests import factories
from tests.editing.hammer import CONNECTIONS, Crowd, Stories
from tests.editing.pages import seen_now
from workforce.boards.meetings.models import Board
from workforce.boards.meetings.services import series_change
from workforce.boards.pack.services import board_publish
from workforce.establishment.models import Post
from workforce.establishment.services import post_end, post_reprofile
from workforce.people.models import Absence, Person, Posting
from workforce.people.services import absence_record, person_leave, person_move, posting_create, posting_end

pytestmark = pytest.mark.django_db(transaction=True)

DAY = date(2016, 3, 31)
LATER = date(2016, 6, 1)


@pytest.fixture
def crowd() -> Iterator[Crowd]:
    with Crowd() as eight:
        yield eight
        assert not eight.tally.faults, eight.tally.faults


@pytest.fixture
def pair() -> Iterator[Crowd]:
    with Crowd(2) as two:
        yield two
        assert not two.tally.faults, two.tally.faults


def test_everybody_decides_matches_and_approves_one_thing(crowd: Crowd) -> None:
    """The hammer of tests/benchmarks/parallel_effects.py, twice."""
    stories = Stories()
    for _ in range(2):
        story = stories.next()
        for name in ("decide", "match", "approve"):
            outcomes = crowd.at_once(name, [getattr(story, name)() for _ in range(CONNECTIONS)])
            assert outcomes.count("done") == 1, outcomes
        assert set(story.effects().values()) == {1}
        assert not story.broken()


@pytest.fixture
def stories() -> Stories:
    return Stories()


@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    names=st.lists(
        st.sampled_from(["match", "approve", "close", "withdraw"]), min_size=2, max_size=CONNECTIONS
    )
)
def test_any_mixture_happens_once_and_whole(crowd: Crowd, stories: Stories, names: list[str]) -> None:
    story = stories.next()
    story.decide()()
    crowd.at_once("mixed", [getattr(story, name)() for name in names])
    assert not story.broken(), names


def test_two_postings_do_not_fill_one_post(pair: Crowd) -> None:
    """Neither sees the other's: PostgreSQL takes them in turn and refuses the second."""
    force = factories.force_make()
    post = factories.post_make(force, "ONE")
    people = [factories.person_make(force) for _ in range(2)]
    outcomes = pair.at_once(
        "post", [lambda p=person: posting_create(person=p, post=post, starts_on=DAY) for person in people]
    )
    assert sorted(outcome == "done" for outcome in outcomes) == [False, True]
    assert any("would be filled with 2 FTE" in outcome for outcome in outcomes)
    assert post.postings.count() == 1


def test_nobody_is_posted_or_absent_after_leaving(pair: Crowd) -> None:
    """Leaving reads the postings, posting reads the employment: one waits for the other."""
    force = factories.force_make()
    for number in range(4):
        person = factories.person_make(force)
        post = factories.post_make(force, f"P-{number}")
        write: Callable[[], object] = (
            (lambda p=person, q=post: posting_create(person=p, post=q, starts_on=LATER))
            if number % 2
            else (lambda p=person: absence_record(person=p, kind="study", starts_on=LATER))
        )
        outcomes = pair.at_once(
            "leave",
            [lambda p=person: person_leave(person=p, leaves_before=DAY, reason="retired"), write],
        )
        assert outcomes.count("done") == 1, outcomes
        left = Person.objects.get(pk=person.pk).employed.upper
        later = [*Posting.objects.filter(person=person), *Absence.objects.filter(person=person)]
        assert (left is None) == bool(later)


def test_two_people_change_places(pair: Crowd) -> None:
    """Each locks the other's post, both in the same order, so that no circle closes."""
    force = factories.force_make()
    posts = [factories.post_make(force, f"P-{number}", fte=2) for number in range(2)]
    people = [factories.person_make(force) for _ in range(2)]
    for person, post in zip(people, posts, strict=True):
        factories.posting_make(person, post)
    for step in range(1, 5):
        day = DAY + timedelta(days=step)
        calls = [
            lambda p=person, q=posts[(number + step) % 2], d=day: person_move(person=p, post=q, starts_on=d)
            for number, person in enumerate(people)
        ]
        assert pair.at_once("move", calls) == ["done", "done"]


def test_a_post_is_succeeded_once_and_its_holder_goes_along_once(crowd: Crowd) -> None:
    force = factories.force_make()
    post = factories.post_make(force, "OLD")
    person = factories.person_make(force)
    factories.posting_make(person, post)
    seen = seen_now(post)
    calls = [
        lambda n=number: post_reprofile(
            post=post, reference=f"NEW-{n}", starts_on=DAY, fte=post.fte * 2, seen=seen
        )
        for number in range(CONNECTIONS)
    ]
    outcomes = crowd.at_once("reprofile", calls)
    assert outcomes.count("done") == 1, outcomes
    assert Post.objects.filter(succeeds=post).count() == 1
    assert person.postings.count() == 2


def test_of_two_ends_the_later_is_told(pair: Crowd) -> None:
    force = factories.force_make()
    posting = factories.posting_make(factories.person_make(force), factories.post_make(force))
    post = factories.post_make(force, "EMPTY")
    for row, end in ((posting, posting_end), (post, post_end)):
        name, seen = row._meta.model_name, seen_now(row)
        days = [DAY, LATER]
        calls = [
            lambda d=day, n=name, r=row, e=end, s=seen: e(**{n: r}, ends_before=d, seen=s) for day in days
        ]
        outcomes = pair.at_once("end", calls)
        assert outcomes.count("done") == 1, outcomes
        row.refresh_from_db()
        assert row.during.upper == days[outcomes.index("done")]


def test_a_series_is_dated_anew_while_a_pack_is_published(pair: Crowd) -> None:
    world = Stories().world
    outcomes = pair.at_once(
        "series",
        [
            lambda: board_publish(board=world.board, user=world.hr),
            lambda: series_change(series=world.series, day=DAY, interval_months=3),
        ],
    )
    published, changed = outcomes
    assert changed == "done"
    kept = Board.objects.filter(series=world.series, pack_digest__gt="").count()
    assert kept == (published == "done"), "published, or removed before it was prepared"
    days = list(Board.objects.filter(series=world.series, held_on__gt=DAY).values_list("held_on", flat=True))
    assert len(days) == len(set(days)) > 1


@pytest.mark.parametrize("how", ["end", "demote"])
def test_the_last_administrator_stays(pair: Crowd, how: str) -> None:
    """Two administrators take each other out at the same moment."""
    force = factories.force_make()
    for _ in range(2):
        factories.user_make(Role.ADMINISTRATOR, force)
    rows = list(Membership.objects.filter(force=force, role=Role.ADMINISTRATOR))
    take_out = {
        "end": lambda row: membership_end(membership=row),
        "demote": lambda row: membership_change(membership=row, role=Role.FINANCE),
    }[how]
    outcomes = pair.at_once("administrators", [lambda r=row: take_out(r) for row in rows])
    assert outcomes.count("done") == 1, outcomes
    assert any("is the only administrator" in outcome for outcome in outcomes)
    active = Membership.objects.filter(force=force, role=Role.ADMINISTRATOR, is_active=True)
    assert active.count() == 1


def test_a_force_is_left_out_for_one_reason(crowd: Crowd) -> None:
    own: Force = factories.force_make()
    other = factories.force_make("Otherset")
    user = factories.user_make(Role.ANALYST, own)
    calls = [
        lambda n=number: exclusion_add(
            force=own, measure="workforce_officers_share", excluded=other, reason=f"Reason {n}", user=user
        )
        for number in range(CONNECTIONS)
    ]
    outcomes = crowd.at_once("exclusion", calls)
    assert outcomes.count("done") == 1, outcomes
    kept = ComparisonExclusion.objects.get()
    assert kept.reason == f"Reason {outcomes.index('done')}"
    assert all(kept.reason in outcome for outcome in outcomes if outcome != "done")


def test_a_circle_is_broken_and_the_undone_write_is_done_again(
    pair: Crowd, caplog: pytest.LogCaptureFixture
) -> None:
    """Two writes that lock two posts in opposite order: both are done, one of them at its second try."""
    force = factories.force_make()
    barrier = Barrier(2)
    first, second = (factories.post_make(force, f"P-{number}").pk for number in range(2))

    def write(order: list[int], fte: int) -> Callable[[], None]:
        tries = iter(range(9))

        @in_turn
        def write_both() -> None:
            is_first_try = next(tries) == 0
            Post.objects.filter(pk=order[0]).update(fte=fte)
            if is_first_try:
                barrier.wait()
            Post.objects.filter(pk=order[1]).update(fte=fte)

        return write_both

    outcomes = pair.at_once("circle", [write([first, second], 2), write([second, first], 3)])
    assert outcomes == ["done", "done"]
    assert len(set(Post.objects.filter(pk__in=[first, second]).values_list("fte", flat=True))) == 1
    assert [record.name for record in caplog.records if record.name == turns.__name__]


def test_within_a_transaction_nothing_is_done_again() -> None:
    @in_turn
    def write() -> bool:
        return transaction.get_connection().savepoint_ids != []

    with transaction.atomic():
        assert write()
    assert not write()
