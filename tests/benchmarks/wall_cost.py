"""What the second wall costs: server time of the establishment page with row-level security and without.

    pytest tests/benchmarks/wall_cost.py

The data are those of establishment_page.py. Both ways the page is asked for as the application role; without
the wall row-level security is off, the middleware is gone and PostgreSQL is told nothing. Rounds alternate,
so that whatever else the machine does meets both. The wall may cost 15 % of server time.
"""

import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings as site_settings
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
ROUNDS, RUNS = 8, 10
MIDDLEWARE = "peelsite.walls.middleware.WallMiddleware"
PAGES = {"by rank": {}, "by unit": {"by": "unit"}}


@contextmanager
def no_wall(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same tables, open to the same role."""
    with monkeypatch.context() as patched:
        patched.setattr(walls, "reach", lambda: walls.EVERYTHING)
        _security("DISABLE")
        yield
    _security("ENABLE")


def _security(way: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        for wall in plan.walled():
            cursor.execute(f"ALTER TABLE {wall.table} {way} ROW LEVEL SECURITY")
        cursor.execute(f"SET ROLE {site_settings.DATABASE_APP_ROLE}")


def times(client: Client, address: str, asked: dict[str, str]) -> list[float]:
    """Milliseconds of each request, after one that warms up."""
    taken = []
    for _ in range(RUNS + 1):
        started = time.perf_counter()
        assert client.get(address, {"on": DAY.isoformat()} | asked).status_code == 200
        taken.append((time.perf_counter() - started) * 1000)
    return taken[1:]


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
    with as_application():
        for _ in range(ROUNDS):
            for name, asked in PAGES.items():
                settings.MIDDLEWARE = everything
                within[name] += times(behind, address, asked)
                settings.MIDDLEWARE = [each for each in everything if each != MIDDLEWARE]
                with no_wall(monkeypatch):
                    without[name] += times(open_to_all, address, asked)
    counts = f"{Post.objects.count():,} posts, {Posting.objects.count():,} postings, {FORCES} forces"
    lines, ratios = [], []
    for name in PAGES:
        walled, bare = statistics.median(within[name]), statistics.median(without[name])
        ratios.append(walled / bare)
        lines.append(f"page {name}: {walled:.1f} ms behind the wall, {bare:.1f} ms without, {ratios[-1]:.3f}")
    with capsys.disabled():
        sys.stdout.write(
            f"\n{counts}; medians of {ROUNDS * RUNS} requests each way\n"
            + "\n".join(lines)
            + f"\nat most {MOST}\n"
        )
    assert max(ratios) <= MOST
