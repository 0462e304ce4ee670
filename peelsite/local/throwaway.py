"""PostgreSQL and Redis for one test session, thrown away afterwards, as are those of a killed session."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peelsite.local.addresses import DATA, held_lock, lock_is_held
from peelsite.local.servers import FAST_POSTGRES, EmbeddedPostgres, EmbeddedRedis
from peelsite.local.supervisor import Program, Supervisor, end_left_over

SESSIONS = DATA / "test"


@contextmanager
def throwaway_servers() -> Iterator[None]:
    """PostgreSQL and Redis in a folder of this session, their addresses in the environment, for a `with`."""
    for folder in SESSIONS.glob("*/"):
        if (folder / "lock").exists() and not lock_is_held(folder / "lock"):  # its session was killed
            _remove(folder)
    session = SESSIONS / str(os.getpid())
    with held_lock(session / "lock"):
        supervisor = Supervisor(session / "processes.json", write=lambda line: None)
        postgres = EmbeddedPostgres(session / "postgres", options=FAST_POSTGRES)
        try:
            if not os.environ.get("DATABASE_URL"):
                os.environ["DATABASE_URL"] = postgres.start()
            if not os.environ.get("REDIS_URL"):
                redis = EmbeddedRedis(session / "redis", persistent=False)
                supervisor.start(Program("redis", redis.command(), os.environ))
                os.environ["REDIS_URL"] = redis.wait(30)
            yield
        finally:
            supervisor.end_all()
            postgres.stop()
    shutil.rmtree(session, ignore_errors=True)


def _remove(folder: Path) -> None:
    end_left_over(folder / "processes.json")
    EmbeddedPostgres(folder / "postgres").stop()
    shutil.rmtree(folder, ignore_errors=True)
