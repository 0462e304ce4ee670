"""Many connections at one thing: a story of one board, decided, matched and approved by all of them at once.

Each round has a board of its own with a published pack, a vacant post and two people. Every connection does
the same thing at the same moment, or each another one. What must be true afterwards is counted in the rows.
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, connections

from peelsite.web.editing.records import Overtaken
from tests import factories
from tests.workforce.boards.invented import DAY, FILL_BY, World, world_make
from workforce.boards.decisions.models import BoardAction, Decision, PostToFill
from workforce.boards.decisions.services import action_close, decision_create, decision_withdraw
from workforce.boards.matching.services import post_match
from workforce.boards.meetings.models import Board
from workforce.boards.minutes.services import minutes_approve
from workforce.boards.pack.services import board_publish
from workforce.establishment.models import Post
from workforce.people.models import Person, Posting

CONNECTIONS = 8
Call = Callable[[], Any]


@dataclass
class Tally:
    """What came of all calls: by the name of what was tried, and how long each took, in seconds."""

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    sentences: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def p95_ms(self) -> float:
        ordered = sorted(self.seconds)
        return 1000 * ordered[int(len(ordered) * 0.95)]


class Crowd:
    """Threads that keep their connections from round to round, as the processes of a site do."""

    def __init__(self, size: int = CONNECTIONS) -> None:
        self.size = size
        self.pool = ThreadPoolExecutor(size)
        self.tally = Tally()

    def __enter__(self) -> "Crowd":
        return self

    def __exit__(self, *_: object) -> None:
        barrier = Barrier(self.size)

        def close() -> None:
            barrier.wait()
            connections.close_all()

        for each in [self.pool.submit(close) for _ in range(self.size)]:
            each.result()
        self.pool.shutdown()

    def at_once(self, name: str, calls: Iterable[Call]) -> list[str]:
        """Run the calls together, one a connection: 'done' or the sentence of the refusal, in their order."""
        calls = list(calls)
        barrier = Barrier(len(calls))
        return list(self.pool.map(lambda call: self._run(name, barrier, call), calls))

    def _run(self, name: str, barrier: Barrier, call: Call) -> str:
        barrier.wait()
        began = time.perf_counter()
        try:
            call()
        except Overtaken as refused:
            outcome = refused.messages[0]
        except ValidationError as refused:
            outcome = " ".join(refused.messages)
        except Exception as fault:
            self.tally.faults.append(f"{name}: {type(fault).__name__}: {fault}")
            return "fault"
        else:
            outcome = "done"
        self.tally.seconds.append(time.perf_counter() - began)
        (self.tally.done if outcome == "done" else self.tally.refused)[name] += 1
        return outcome


@dataclass
class Story:
    """One board with its own vacant post and people."""

    world: World
    board: Board
    post: Post
    people: list[Person]

    @property
    def item(self) -> Any:
        return self.board.items.get(unit=self.world.custody)

    def decide(self) -> Call:
        item, values = self.item, self.world.values("B-1", posts=[self.post], fte=Decimal(1))
        users = (self.world.chief, self.world.deputy)
        return lambda: decision_create(item=item, values=values, user=random.choice(users), seen=0)

    def match(self) -> Call:
        asked = PostToFill.objects.select_related("force").get(post=self.post)
        return lambda: post_match(
            to_fill=asked,
            person=random.choice(self.people),
            starts_on=FILL_BY,
            user=self.world.head,
            day=DAY,
        )

    def approve(self) -> Call:
        users = (self.world.chief, self.world.deputy)
        return lambda: minutes_approve(board=self.board, user=random.choice(users), day=DAY)

    def close(self) -> Call:
        action = BoardAction.objects.get(decision__item__board=self.board)
        return lambda: action_close(
            action=action, state="dropped", reason="No longer wanted.", user=self.world.hr, day=DAY
        )

    def withdraw(self) -> Call:
        decision = Decision.objects.select_related("item__board").get(item__board=self.board)
        return lambda: decision_withdraw(decision=decision)

    def effects(self) -> dict[str, int]:
        """How often each thing has happened, by the rows it leaves."""
        return {
            "decided": Decision.objects.filter(item__board=self.board).count(),
            "asked": PostToFill.objects.filter(post=self.post).count(),
            "matched": PostToFill.objects.filter(post=self.post, state="matched").count(),
            "posted": Posting.objects.filter(post=self.post).count(),
            "approved": Board.objects.filter(pk=self.board.pk, state="approved").count(),
            "actions": BoardAction.objects.filter(board=self.board).count(),
        }

    def broken(self) -> list[str]:
        """Rules that hold whoever was first."""
        effects = self.effects()
        wrong = [f"{name} {count} times" for name, count in effects.items() if count > 1]
        if effects["matched"] != effects["posted"]:
            wrong.append(f"{effects['matched']} matches and {effects['posted']} postings")
        if effects["decided"] != effects["actions"]:
            wrong.append(f"{effects['decided']} decisions and {effects['actions']} actions")
        if effects["asked"] > effects["decided"]:
            wrong.append("a unit head is asked for a decision that is taken back")
        board = Board.objects.get(pk=self.board.pk)
        if board.is_approved and (self.post.reference in board.minutes) != bool(effects["decided"]):
            wrong.append("the minutes and the decisions do not agree")
        return wrong


class Stories:
    """Boards of one force, one after the other."""

    def __init__(self) -> None:
        self.world = world_make()
        self.count = 0

    def next(self) -> Story:
        self.count += 1
        world, number = self.world, self.count
        # Before the meetings of the series, which goes on by itself when a pack is published.
        held_on = DAY - timedelta(days=100 + number)
        board = Board.objects.create(
            force=world.force, series=world.series, nominal_on=held_on, held_on=held_on, pack_on=held_on
        )
        post = factories.post_make(
            world.force,
            f"H-{number}",
            rank="SGT",
            unit=world.custody,
            role=world.posts["B-1"].role,
            location=world.posts["B-1"].location,
        )
        people = [factories.person_make(world.force, family_name=f"Round {number}") for _ in range(2)]
        board_publish(board=board, user=world.hr)
        fresh = Board.objects.select_related("series__force", "force").get(pk=board.pk)
        return Story(world, fresh, post, people)


def deadlocks() -> int:
    """Deadlocks that PostgreSQL has broken in this database since it was made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])
