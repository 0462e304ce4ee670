"""`make run`: the whole site on one machine, until Ctrl-C.

Order: front-end files, Redis, database, migrations and first data, then web, worker and beat; all under one
supervisor.
"""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping

from peelsite.local import frontend
from peelsite.local.addresses import (
    ADDRESSES_FILE,
    DATA,
    LOCK_FILE,
    AlreadyRunningError,
    held_lock,
    read_addresses,
    write_addresses,
)
from peelsite.local.servers import EmbeddedPostgres, EmbeddedRedis, ServerError, free_port
from peelsite.local.supervisor import Program, Supervisor, end_left_over

PREFERRED_PORT = 8000
RECORD = DATA / "run.json"
SIGN_INS = DATA / "sign-ins.txt"
# Time for the web server to answer its first request on a slow machine.
WEB_SECONDS = 60


class CannotRunError(Exception):
    """The site cannot be started; the text says what to do."""


class LocalSite:
    """The embedded servers that are needed and the programs of the site."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.given = environment
        self.supervisor = Supervisor(RECORD)
        self.postgres = None if environment.get("DATABASE_URL") else EmbeddedPostgres(DATA / "postgres")
        self.redis = None if environment.get("REDIS_URL") else EmbeddedRedis(DATA / "redis")
        self.port = web_port(environment.get("PORT"))
        self.address = f"http://127.0.0.1:{self.port}"

    def start(self) -> str:
        """Start everything and wait until the web server answers; the demonstration sign-ins as a table."""
        if self.redis:
            self.supervisor.start(Program("redis", self.redis.command(), self.given, serves=True))
        database_url = self.postgres.start() if self.postgres else self.given["DATABASE_URL"]
        redis_url = self.redis.wait() if self.redis else self.given["REDIS_URL"]
        servers = {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
        environment = self._environment(servers)
        sign_ins = self._prepare(environment)
        write_addresses(servers | {"SITE_URL": environment["SITE_URL"]})
        web, *others = programs(self.port, environment | self._application_url())
        self.supervisor.start(web)
        self._wait_for_web()  # the first page comes sooner when the others do not start beside it
        for program in others:
            self.supervisor.start(program)
        return sign_ins

    def keep_running(self) -> None:
        """Until a signal says stop."""
        self.supervisor.run(self._mend_postgres)

    def stop(self) -> None:
        """Stop all that was started, the servers last."""
        ADDRESSES_FILE.unlink(missing_ok=True)
        self.supervisor.end_all()
        if self.postgres:
            self.postgres.stop()

    def _environment(self, servers: dict[str, str]) -> dict[str, str]:
        return {
            "SITE_URL": self.address,
            "PYTHONUNBUFFERED": "1",
            **self.given,
            **servers,
            "PEELSITE_LOCAL": "1",
            "DJANGO_SETTINGS_MODULE": "peelsite.settings",
        }

    def _application_url(self) -> dict[str, str]:
        """How web, worker and beat reach the embedded database: as a role that owns nothing in it.

        A database that was given is reached by the one URL that was given, whoever that is.
        """
        return {"DATABASE_URL": self.postgres.application_url} if self.postgres else {}

    def _prepare(self, environment: dict[str, str]) -> str:
        """Migrate and load in a process of its own; the demonstration sign-ins as a table."""
        command = [sys.executable, "-m", "peelsite.local.prepare", str(SIGN_INS)]
        process = subprocess.Popen(command, env=environment, start_new_session=True)
        while process.poll() is None and not self.supervisor.stopping:
            self.supervisor.wait(0.05)
        if process.poll() is None:
            process.terminate()
            process.wait()
        elif process.returncode:
            raise CannotRunError("The database could not be brought up to date; the messages above say why.")
        return SIGN_INS.read_text() if SIGN_INS.exists() else ""

    def _wait_for_web(self) -> None:
        limit = time.monotonic() + WEB_SECONDS
        while not self.supervisor.stopping:
            self.supervisor.wait(0.1)
            if answers(self.port):
                return
            if time.monotonic() > limit:
                raise CannotRunError(
                    f"The web server did not answer within {WEB_SECONDS} seconds; see its messages above."
                )

    def _mend_postgres(self) -> None:
        if self.postgres and not self.postgres.is_running():
            print("peelsite | the embedded PostgreSQL has ended; starting it again", flush=True)
            self.postgres.start()


def programs(port: int, environment: Mapping[str, str]) -> list[Program]:
    """Web, worker and beat of the site."""
    python = [sys.executable, "-m"]
    web = [
        "gunicorn",
        "peelsite.wsgi",
        f"--bind=127.0.0.1:{port}",
        "--workers=2",
        "--threads=4",
        "--timeout=120",
    ]
    quiet = ["--graceful-timeout=5", "--no-control-socket", "--log-level=warning"]
    celery = [*python, "celery", "--quiet", "--app=peelsite"]
    worker = ["worker", "--concurrency=2", "--loglevel=INFO", "--without-gossip", "--without-mingle"]
    beat = ["beat", "--pidfile=", f"--schedule={DATA / 'beat-schedule'}", "--loglevel=WARNING"]
    return [
        Program("web", [*python, *web, *quiet], environment),
        Program("worker", [*celery, *worker], environment),
        Program("beat", [*celery, *beat], environment),
    ]


def web_port(wanted: str | None) -> int:
    """PORT when given, else 8000 or, when that is taken, any free one. Raises CannotRunError."""
    if wanted is None:
        return PREFERRED_PORT if port_is_free(PREFERRED_PORT) else free_port()
    if not wanted.isdigit() or not 0 < int(wanted) < 65536:
        raise CannotRunError(f"PORT must be a number from 1 to 65535, and is {wanted!r}.")
    if not port_is_free(int(wanted)):
        raise CannotRunError(
            f"Port {wanted} (PORT) cannot be used on this machine: another program listens there."
        )
    return int(wanted)


def port_is_free(port: int) -> bool:
    """Whether the web server could listen on this port of the loopback address."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def answers(port: int) -> bool:
    """Whether a web server answers there, with whatever page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/", headers={"Host": "127.0.0.1"})
        return connection.getresponse().status > 0
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def announce(address: str, sign_ins: str, seconds: float) -> None:
    """Say where the site is and how to get in."""
    print(
        f"\nPeelsite is up after {seconds:.1f} s:  {address}\n\n"
        f"Demonstration sign-ins (invented people):\n{sign_ins.rstrip()}\n\n"
        f"All data is in {DATA}. Ctrl-C stops everything that was started here.\n",
        flush=True,
    )


def run() -> None:
    """Start, keep running, stop. Raises CannotRunError, ServerError, FrontendError or AlreadyRunningError."""
    began = time.monotonic()
    with held_lock(LOCK_FILE):
        ADDRESSES_FILE.unlink(missing_ok=True)
        for command in end_left_over(RECORD):
            print(f"peelsite | ended what a killed run had left: {command}", flush=True)
        frontend.ensure()
        site = LocalSite(dict(os.environ))
        site.supervisor.catch_signals()
        try:
            sign_ins = site.start()
            if not site.supervisor.stopping:
                announce(site.address, sign_ins, time.monotonic() - began)
                site.keep_running()
        finally:
            site.stop()
    print("peelsite | stopped", flush=True)


def main() -> None:
    """`make run`."""
    DATA.mkdir(exist_ok=True)
    try:
        run()
    except AlreadyRunningError:
        where = read_addresses().get("SITE_URL", "it is just starting")
        sys.exit(
            f"Peelsite is running already from this folder: {where}. Stop it first (Ctrl-C in its window)."
        )
    except (CannotRunError, ServerError, frontend.FrontendError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
