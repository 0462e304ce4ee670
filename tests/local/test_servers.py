"""The embedded servers start anywhere, and again after a kill."""

import shutil
import socket

import psutil
import psycopg
import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from peelsite.local import throwaway
from peelsite.local.addresses import held_lock
from peelsite.local.run import CannotRunError, port_is_free, web_port
from peelsite.local.servers import (
    APPLICATION,
    FAST_POSTGRES,
    OWNER,
    SAFE_POSTGRES,
    EmbeddedPostgres,
    EmbeddedRedis,
    free_port,
)
from peelsite.local.supervisor import Program, Supervisor

ROLE = "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"


@pytest.fixture
def postgres(tmp_path):
    """A server in a folder whose path is too long for a socket, with a space and a quotation mark in it."""
    server = EmbeddedPostgres(tmp_path / ("long name's " * 10) / "postgres", options=FAST_POSTGRES)
    yield server
    server.stop()
    shutil.rmtree(server.folder, ignore_errors=True)


def test_postgres_starts_is_found_running_and_stops(postgres):
    url = postgres.start()
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT current_database(), lower('ÉLAN'), current_setting('listen_addresses')"
        )
        assert found.fetchone() == ("peelsite", "élan", "")
    second = EmbeddedPostgres(postgres.folder, options=FAST_POSTGRES)
    assert second.start() == url
    second.stop()
    assert not postgres.is_running()
    postgres.stop()  # stopping what does not run is no error


def test_the_site_connects_as_a_role_that_owns_nothing(postgres):
    with psycopg.connect(postgres.start()) as owner:
        owner.execute("CREATE TABLE kept (figure int)")
        owner.execute(f"GRANT SELECT ON kept TO {APPLICATION}")
        assert owner.execute(ROLE).fetchone() == (OWNER, False, False)
        owner.execute(f"SET ROLE {APPLICATION}")  # as the tests do
    with psycopg.connect(postgres.application_url) as application:
        assert application.execute(ROLE).fetchone() == (APPLICATION, False, False)
        assert application.execute("SELECT count(*) FROM kept").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("CREATE TABLE mine (figure int)")


def test_a_folder_of_an_older_version_is_handed_over_to_the_owner(postgres):
    """Everything in it belonged to the superuser, the database included."""
    url = postgres.start()
    superuser = url.replace(f"{OWNER}@", "postgres@")
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE peelsite OWNER TO postgres; DROP OWNED BY {OWNER}, {APPLICATION}")
        connection.execute(f"DROP ROLE {OWNER}, {APPLICATION}")
        for statement in (
            'CREATE TABLE "Kept" (id bigint GENERATED ALWAYS AS IDENTITY, old serial, figure int)',
            'INSERT INTO "Kept" (figure) VALUES (7)',
            "CREATE SEQUENCE numbers",
            'CREATE VIEW figures AS SELECT figure FROM "Kept"',
            "CREATE FUNCTION seven(integer) RETURNS int LANGUAGE sql AS 'SELECT 7'",
        ):
            connection.execute(statement)
    postgres.stop()
    with psycopg.connect(postgres.start()) as owner:
        assert owner.execute('SELECT figure FROM "Kept"').fetchone() == (7,)
        owner.execute('ALTER TABLE "Kept" ADD more int')
        owner.execute("DROP VIEW figures")
        owner.execute("DROP SEQUENCE numbers")
        owner.execute("CREATE OR REPLACE FUNCTION seven(integer) RETURNS int LANGUAGE sql AS 'SELECT 8'")


def test_postgres_starts_after_a_kill_though_another_program_has_its_process_id(postgres):
    postgres.options = SAFE_POSTGRES
    url = postgres.start()
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS figure")
    notes = postgres.folder / "postmaster.pid"
    lines = notes.read_text().splitlines(keepends=True)
    server = psutil.Process(int(lines[0]))
    helpers = server.children()
    server.kill()
    psutil.wait_procs([server, *helpers], 10)
    notes.write_text("".join(["1\n", *lines[1:]]))
    with psycopg.connect(postgres.start()) as connection:
        assert connection.execute("SELECT figure FROM kept").fetchone() == (7,)


def test_redis_keeps_what_it_was_given_and_asks_for_the_password(tmp_path):
    for kept in (None, b"7"):
        redis = EmbeddedRedis(tmp_path / "redis")
        supervisor = Supervisor(tmp_path / "run.json", write=lambda line: None)
        supervisor.start(Program("redis", redis.command(), {}))
        try:
            with Redis.from_url(redis.wait(20)) as client:
                assert client.get("figure") == kept
                client.set("figure", 7)
            stranger = Redis(port=redis.port, retry=Retry(NoBackoff(), 0))
            with stranger, pytest.raises(RedisError, match="authenticate"):
                stranger.get("figure")
        finally:
            supervisor.end_all()


def test_servers_of_a_killed_test_session_are_cleared_away_and_those_of_a_living_one_left(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(throwaway, "SESSIONS", tmp_path)
    living, killed = tmp_path / "1", tmp_path / "2"
    killed.mkdir()
    (killed / "lock").touch()
    server = EmbeddedPostgres(killed / "postgres", options=FAST_POSTGRES)
    server.start()
    try:
        with held_lock(living / "lock"), throwaway.throwaway_servers():
            assert not killed.exists()
            assert living.exists()
        assert not server.is_running()
    finally:
        server.stop()


def test_the_port_is_the_wanted_one_or_a_sentence():
    free = free_port()
    assert web_port(str(free)) == free
    with pytest.raises(CannotRunError, match="PORT must be a number"):
        web_port("http")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not port_is_free(port)
        with pytest.raises(CannotRunError, match=f"Port {port}"):
            web_port(str(port))
