"""What the second wall costs: server time of the establishment page with row-level security and without.

    pytest tests/benchmarks/wall_cost.py

The data are those of establishment_page.py. Behind the wall the application role asks; without it the tables'
owner does, who is let round it for the while, without the middleware and without telling PostgreSQL anything.
The two ask in turn, so that whatever else the machine does meets both. The wall may cost 15 % of server time.
"""

import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from peelsite import walls
from peelsite.forces.models import Force
from peelsite.walls import plan
from tests import factories
from tests.benchmarks.establishment_page import DAY, FORCES, seed
from tests.walls.standing import as_application
from workforce.establishment.models import Post
from workforce.people.models import Posting

MOST = 1.15
RUNS, WARM_UP = 100, 3
MIDDLEWARE = "peelsite.walls.middleware.WallMiddleware"
PAGES = {"by rank": {}, "by unit": {"by": "unit"}}


@contextmanager
def owner_sees_round_the_wall() -> Iterator[None]:
    """Tables without FORCE: their owner meets no wall, the application role meets all of it."""
    with connection.cursor() as cursor:
        for way in ("NO FORCE", "FORCE"):
            for wall in plan.walled():
                cursor.execute(f"ALTER TABLE {wall.table} {way} ROW LEVEL SECURITY")
            if way == "NO FORCE":
                yield


def milliseconds(client: Client, address: str, asked: dict[str, str]) -> float:
    started = time.perf_counter()
    assert client.get(address, {"on": DAY.isoformat()} | asked).status_code == 200
    return (time.perf_counter() - started) * 1000


@pytest.mark.django_db(transaction=True)
def test_the_wall_costs_little(
    settings: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seed()
    force = Force.objects.get(slug="force-21")
    user = factories.user_make("hr", force)
    address = reverse("establishment:overview", args=[force.slug])
    behind, open_to_all = Client(), Client()
    for client in (behind, open_to_all):
        client.force_login(user)
    within: dict[str, list[float]] = {name: [] for name in PAGES}
    without: dict[str, list[float]] = {name: [] for name in PAGES}
    everything = list(settings.MIDDLEWARE)
    with owner_sees_round_the_wall():
        for name, asked in [pair for pair in PAGES.items() for _ in range(RUNS + WARM_UP)]:
            settings.MIDDLEWARE = everything
            with as_application():
                within[name].append(milliseconds(behind, address, asked))
            settings.MIDDLEWARE = [each for each in everything if each != MIDDLEWARE]
            with monkeypatch.context() as patched:
                patched.setattr(walls, "reach", lambda: walls.EVERYTHING)
                without[name].append(milliseconds(open_to_all, address, asked))
    counts = f"{Post.objects.count():,} posts, {Posting.objects.count():,} postings, {FORCES} forces"
    lines, ratios = [], []
    for name in PAGES:
        walled, bare = (statistics.median(taken[name][WARM_UP:]) for taken in (within, without))
        ratios.append(walled / bare)
        lines.append(f"page {name}: {walled:.1f} ms behind the wall, {bare:.1f} ms without, {ratios[-1]:.3f}")
    with capsys.disabled():
        sys.stdout.write(
            f"\n{counts}; medians of {RUNS} requests each way\n" + "\n".join(lines) + f"\nat most {MOST}\n"
        )
    assert max(ratios) <= MOST
