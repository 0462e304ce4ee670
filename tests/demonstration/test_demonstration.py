"""The demonstration force counted again in plain SQL, which shares nothing with the generator or the site."""

import csv
from collections import Counter
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from peelsite.accounts.models import Membership, User
from peelsite.accounts.permissions import Role
from peelsite.demonstration.calc.force import force_make
from peelsite.demonstration.calc.plan import plan_read
from peelsite.demonstration.selectors import PASSWORD, demonstration_sign_ins
from peelsite.demonstration.services import PLAN_FOLDER
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from workforce.boards.meetings.models import Board
from workforce.establishment.models import Post, Rank
from workforce.people.models import Person, Posting

PUBLISHED = Path(__file__).parents[3] / "shared/reference/hertfordshire-2016.csv"

# Everyone once: away (acting, temporary, attached, seconded out) before their own place.
STRENGTH = """
    SELECT rank.category, rank.code, sum(counted.fte), count(*)
    FROM (
        SELECT DISTINCT ON (posting.person_id) posting.post_id, posting.fte
        FROM workforce_posting posting
        WHERE posting.force_id = %(force)s
          AND lower(posting.during) <= %(day)s
          AND (upper(posting.during) IS NULL OR upper(posting.during) > %(day)s)
        ORDER BY posting.person_id,
            (posting.kind IN ('acting', 'temporary', 'attachment', 'seconded_out')) DESC
    ) counted
    JOIN workforce_post post ON post.id = counted.post_id
    JOIN workforce_rank rank ON rank.id = post.rank_id
    GROUP BY rank.category, rank.code
"""
ESTABLISHMENT = """
    SELECT rank.category, rank.code, sum(post.fte), count(*)
    FROM workforce_post post JOIN workforce_rank rank ON rank.id = post.rank_id
    WHERE post.force_id = %(force)s AND lower(post.during) <= %(day)s
      AND (upper(post.during) IS NULL OR upper(post.during) > %(day)s)
    GROUP BY rank.category, rank.code
"""
TYPE_OF = {"officer": "officers", "staff": "staff", "designated": "staff", "pcso": "pcso"}


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Any:
    """Both forces, loaded once for the module and taken away with the transaction."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(site_settings, "LOCAL", True)
        atomic = transaction.atomic()
        atomic.__enter__()
        call_command("load_reference", stdout=StringIO())
        call_command("load_demonstration", stdout=StringIO())
        yield Force.objects.get(slug="hertfordshire")
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


def counted(statement: str, force: Force, day: date) -> Counter[str]:
    """FTE by workforce type, by rank as 'rank:PC', headcount as 'heads:PC', and the total."""
    figures: Counter[str] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(statement, {"force": force.pk, "day": day})
        for category, code, fte, heads in cursor.fetchall():
            figures[TYPE_OF[category]] += fte
            figures["total"] += fte
            figures[f"rank:{code}"] += fte
            figures[f"heads:{code}"] += heads
    return figures


def whole(fte: Decimal) -> int:
    return int(fte.quantize(Decimal(1), ROUND_HALF_UP))


@pytest.mark.parametrize("year", [2010, 2016, 2020])
def test_rounded_fte_is_the_published_one(loaded, year):
    if not PUBLISHED.exists():
        pytest.skip("the published figures of ../shared/reference are not here")
    with PUBLISHED.open(encoding="utf-8") as lines:
        published = {row["id"]: int(row["value"]) for row in csv.DictReader(lines) if row["unit"] == "FTE"}
    statement = ESTABLISHMENT if year == 2020 else STRENGTH
    figures = counted(statement, loaded, date(year, 3, 31))
    for name in ("officers", "staff", "pcso", "total"):
        assert whole(figures[name]) == published[f"{name}_{year}"], name


def test_unrounded_fte_of_2016(loaded):
    figures = counted(STRENGTH, loaded, date(2016, 3, 31))
    assert figures["officers"] == Decimal("1928.65")
    assert figures["staff"] == Decimal("1246.58")
    assert figures["pcso"] == Decimal("220.52")
    assert figures["total"] == Decimal("3395.75")


def test_ranks_of_2016_are_in_the_published_proportion(loaded):
    figures = counted(STRENGTH, loaded, date(2016, 3, 31))
    heads = {code: figures[f"heads:{code}"] for code in ("PC", "SGT", "INSP", "CINSP", "SUPT", "CSUPT")}
    assert heads == {"PC": 1557, "SGT": 274, "INSP": 90, "CINSP": 33, "SUPT": 12, "CSUPT": 4}
    assert figures["rank:PC"] == Decimal("1517.28")
    assert figures["rank:SGT"] == Decimal("269.41")


def test_budget_of_2020_comes_from_posts_that_end_and_begin(loaded):
    in_2016 = counted(ESTABLISHMENT, loaded, date(2016, 3, 31))
    in_2020 = counted(ESTABLISHMENT, loaded, date(2020, 3, 31))
    assert (in_2020["officers"], in_2020["staff"], in_2020["pcso"]) == (1896, 1288, 229)
    assert in_2016["officers"] > in_2020["officers"]
    assert Post.objects.filter(force=loaded, during__startswith__gt=date(2016, 3, 31)).exists()


def test_people_leave_and_join_every_year(loaded):
    for year in range(2011, 2016):
        strength = counted(STRENGTH, loaded, date(year, 1, 1))["officers"]
        left = Person.objects.filter(
            force=loaded,
            employed__endswith__year=year,
            postings__post__rank__category="officer",
        ).distinct()
        joined = Person.objects.filter(
            force=loaded, employed__startswith__year=year, postings__post__rank__category="officer"
        ).distinct()
        assert 0.045 < left.count() / float(strength) < 0.085, year
        assert joined.count() > 20, year


def test_what_a_board_has_to_look_at_is_there(loaded):
    running = Posting.objects.filter(force=loaded, during__contains=date(2016, 3, 31))
    kinds = Counter(running.values_list("kind", flat=True))
    assert kinds["acting"] >= 5
    assert kinds["temporary"] >= 5
    assert kinds["seconded_out"] >= 8
    assert kinds["seconded_in"] >= 3
    acting = running.filter(kind__in=["acting", "temporary"])
    days = [(date(2016, 3, 31) - posting.during.lower).days for posting in acting]
    assert min(days) < 46 < max(days)
    assert 10 <= running.filter(is_supernumerary=True).count() <= 60
    vacant = Post.objects.filter(force=loaded, during__contains=date(2016, 3, 31)).exclude(
        pk__in=running.filter(post__isnull=False).values("post")
    )
    assert vacant.filter(unit__code="WAT-R").count() >= 5
    assert vacant.filter(unit__code__startswith="SG-", rank__code="PC").count() >= 10


def test_the_board_that_is_due_has_projected_gaps_and_what_is_late(loaded):
    board = Board.objects.get(force=loaded, held_on=date(2016, 4, 4))
    raised = Counter(why for item in board.items.on_agenda() for why in item.raised_by)
    assert raised["projected"] >= 5
    assert raised["late"] >= 1
    assert board.returned_decisions.filter(happened__contains="0 of 1 post is matched").exists()


def test_loading_again_changes_nothing(loaded):
    before = (Post.objects.count(), Person.objects.count(), Posting.objects.count(), User.objects.count())
    told = StringIO()
    call_command("load_demonstration", stdout=told)
    assert "already loaded" in told.getvalue()
    after = (Post.objects.count(), Person.objects.count(), Posting.objects.count(), User.objects.count())
    assert after == before


def test_the_history_of_the_load_names_its_command(loaded):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT context.metadata->>'command' FROM workforce_postingevent event"
            " LEFT JOIN pghistory_context context ON context.id = event.pgh_context_id"
        )
        assert cursor.fetchall() == [("load_demonstration",)]


def test_there_is_a_user_for_every_role_and_one_in_two_forces(loaded):
    memberships = Membership.objects.filter(force=loaded)
    assert set(memberships.values_list("role", flat=True)) == set(Role.values)
    both = User.objects.get(email="two.forces@hertfordshire.example")
    assert [force.slug for force in both.forces()] == ["bedfordshire", "hertfordshire"]
    assert both.check_password(PASSWORD)
    emails = User.objects.values_list("email", flat=True)
    assert all(email.endswith(".example") for email in emails)


def test_sign_ins_are_given_on_ones_own_machine_only(loaded, settings):
    settings.LOCAL = True
    shown = {sign_in.email: sign_in.role for sign_in in demonstration_sign_ins()}
    assert shown["area.head@hertfordshire.example"] == "Unit head of Watford, Hertfordshire"
    assert shown["two.forces@hertfordshire.example"] == "HR, Hertfordshire and Bedfordshire"
    settings.LOCAL = False
    assert demonstration_sign_ins() == []


def test_the_demonstration_opens_on_its_own_day(loaded):
    assert opening_day(loaded) == date(2016, 3, 31)


@pytest.mark.django_db
def test_refused_where_others_could_sign_in(settings):
    settings.LOCAL = False
    with pytest.raises(CommandError, match="password that everyone can read"):
        call_command("load_demonstration")
    assert not User.objects.exists()


@pytest.mark.django_db
def test_says_what_is_missing(settings):
    settings.LOCAL = True
    with pytest.raises(CommandError, match="load_reference"):
        call_command("load_demonstration")


def small_force(categories: dict[str, str], seed: int) -> list[tuple[Any, ...]]:
    plan = plan_read(PLAN_FOLDER / "bedfordshire", categories)
    plan.seed = seed
    made = force_make(plan)
    return [
        (person.number, person.family_name, posting.kind, posting.starts, posting.ends, posting.fte)
        for person in made.people
        for posting in person.postings
    ]


def test_the_same_seed_gives_the_same_force(loaded):
    categories = dict(Rank.objects.filter(force__isnull=True).values_list("code", "category"))
    assert small_force(categories, 7) == small_force(categories, 7)
    assert small_force(categories, 7) != small_force(categories, 8)
