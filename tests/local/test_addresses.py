"""Where commands find the database and Redis, and what they say when there is none."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from peelsite.local import addresses

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = {"DATABASE_URL": "postgres://here/peelsite", "REDIS_URL": "redis://here/0", "SITE_URL": "http://here"}


@pytest.fixture
def no_variables(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.delenv("REDIS_URL")
    monkeypatch.setattr(addresses, "ADDRESSES_FILE", tmp_path / "addresses.json")
    monkeypatch.setattr(addresses, "LOCK_FILE", tmp_path / "run.lock")


def test_the_variables_come_first(no_variables, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/peelsite")
    with addresses.held_lock(addresses.LOCK_FILE):
        addresses.write_addresses(HERE)
        assert addresses.database_url() == "postgres://elsewhere/peelsite"
        assert addresses.redis_url() == "redis://here/0"
        assert not addresses.is_local()


def test_a_running_site_is_found_and_is_local(no_variables, monkeypatch):
    with addresses.held_lock(addresses.LOCK_FILE):
        addresses.write_addresses(HERE)
        assert addresses.database_url() == "postgres://here/peelsite"
        assert addresses.is_local()
        monkeypatch.setenv("DATABASE_URL", "postgres://here/peelsite")
        assert addresses.is_local()


def test_the_addresses_are_for_their_owner_only(no_variables):
    addresses.write_addresses(HERE)
    assert addresses.ADDRESSES_FILE.stat().st_mode & 0o077 == 0


def test_addresses_of_a_killed_run_are_not_believed(no_variables):
    with addresses.held_lock(addresses.LOCK_FILE):
        addresses.write_addresses(HERE)
    with pytest.raises(addresses.NoServerError, match=r"set DATABASE_URL, or start the site with `make run`"):
        addresses.database_url()


def test_two_runs_of_one_folder_are_refused(no_variables):
    with (
        addresses.held_lock(addresses.LOCK_FILE),
        pytest.raises(addresses.AlreadyRunningError),
        addresses.held_lock(addresses.LOCK_FILE),
    ):
        pass


def test_a_command_without_a_server_answers_with_the_sentence(tmp_path):
    # A copy of the files that answer, so that a site running from this checkout is not found.
    for name in (
        "manage.py",
        "peelsite/__init__.py",
        "peelsite/celery.py",
        "peelsite/settings.py",
        "peelsite/accounts/__init__.py",
        "peelsite/accounts/provider_settings.py",
    ):
        copy(name, tmp_path)
    for path in (ROOT / "peelsite" / "local").glob("*.py"):
        copy(str(path.relative_to(ROOT)), tmp_path)
    unset = ("DATABASE_URL", "REDIS_URL", "PEELSITE_LOCAL", "DJANGO_SETTINGS_MODULE")
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.startswith("No database: set DATABASE_URL, or start the site with `make run`")
    assert "Traceback" not in done.stderr


def copy(name: str, folder: Path) -> None:
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes((ROOT / name).read_bytes())
