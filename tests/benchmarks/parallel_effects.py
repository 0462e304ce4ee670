"""Eight connections deciding, matching and approving the same thing at once, a thousand times.

    python -m tests.benchmarks.parallel_effects [ROUNDS]

Makes a test database with one force. Each round has a board of its own: all connections decide its gap at the
same moment, then match a person to the post it asks for, then approve its minutes; every fourth round they do
all of it mixed, with closing the action and taking the decision back between. Prints what came of it, counted
in the rows, and fails for a second effect, a fault, or a deadlock that somebody was told of.
`KEEP=1` leaves the database to look at.
"""

import logging
import os
import random
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection

from peelsite.web.editing import turns
from tests.editing.hammer import CONNECTIONS, Crowd, Stories, Story, deadlocks

ROUNDS = 1_000
MIXED_EVERY = 4


class Counted(logging.Handler):
    """Counts what is tried again."""

    count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1


def in_order(crowd: Crowd, story: Story) -> list[str]:
    """Decide, match, approve: all of them each; exactly one effect of each kind."""
    for name in ("decide", "match", "approve"):
        crowd.at_once(name, [getattr(story, name)() for _ in range(CONNECTIONS)])
    wrong = [f"{name} {count} times" for name, count in story.effects().items() if count != 1]
    return wrong + story.broken()


def mixed(crowd: Crowd, story: Story) -> list[str]:
    """One decision, then everything at once: whatever is first, nothing happens twice or by halves."""
    crowd.at_once("decide", [story.decide() for _ in range(CONNECTIONS)])
    names = random.choices(("match", "approve", "close", "withdraw"), weights=(4, 2, 1, 1), k=CONNECTIONS)
    crowd.at_once("mixed", [getattr(story, name)() for name in names])
    return story.broken()


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    logging.getLogger("django").setLevel(logging.ERROR)
    retries = Counted()
    turns.logger.addHandler(retries)
    turns.logger.propagate = False
    random.seed(8)
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    wrong: list[str] = []
    began = time.perf_counter()
    try:
        stories, before = Stories(), deadlocks()
        with Crowd() as crowd:
            for number in range(1, rounds + 1):
                story = stories.next()
                play = mixed if number % MIXED_EVERY == 0 else in_order
                wrong += [f"round {number}: {each}" for each in play(crowd, story)]
        broken = deadlocks() - before
    finally:
        connection.close()
        if not os.environ.get("KEEP"):
            connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
    tally = crowd.tally
    calls = len(tally.seconds)
    print(f"rounds     {rounds:8,}   {CONNECTIONS} connections, {time.perf_counter() - began:,.0f} s")
    for name in ("decide", "match", "approve", "mixed"):
        print(f"{name:10} {tally.done[name]:8,} effects {tally.refused[name]:8,} refused with a sentence")
    print(f"wrong      {len(wrong):8,}   things that happened twice, by halves, or not at all")
    print(f"faults     {len(tally.faults):8,}   calls that ended without an effect or a sentence")
    print(f"deadlocks  {broken:8,}   broken by PostgreSQL, {retries.count:,} done again by in_turn")
    print(f"p95        {tally.p95_ms():8.1f} ms of {calls:,} calls, each with all others at the same row")
    for line in [*wrong, *tally.faults][:20]:
        print("  ", line)
    return 1 if wrong or tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
