"""`make run` itself, in a copy of this checkout: up, found, refused twice, mended, stopped, up again."""

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from peelsite.local.servers import free_port
from peelsite.local.supervisor import end_left_over
from tests.services import ROOT, wait_until

SOURCES = ("peelsite", "workforce", "demand", "finance", "templates", "docs", "build")
FILES = ("manage.py", "package.json", "package-lock.json")
OURS = (
    "DATABASE_URL",
    "REDIS_URL",
    "PEELSITE_LOCAL",
    "DJANGO_SETTINGS_MODULE",
    "CELERY_QUEUE",
    "EMAIL_URL",
    "SITE_URL",
)

# Seconds to the second start, on a machine that does nothing else.
UP_AGAIN = 10


@pytest.fixture(scope="module")
def checkout(built_files: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of what a run needs, with a data folder of its own."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in SOURCES:
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, folder / name)
    for name in FILES:
        shutil.copy(ROOT / name, folder)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    yield folder
    end_left_over(folder / "data" / "run.json")
    shutil.rmtree(folder / "data", ignore_errors=True)


@pytest.fixture
def variables() -> dict[str, str]:
    """What a new user's shell has: none of our variables but a port."""
    return {name: value for name, value in os.environ.items() if name not in OURS} | {
        "PORT": str(free_port())
    }


class Run:
    """A `make run` of the copy."""

    def __init__(self, checkout: Path, variables: dict[str, str]) -> None:
        self.log = checkout / "run.log"
        self.began = time.monotonic()
        with self.log.open("w") as output:
            command = [sys.executable, "-m", "peelsite.local.run"]
            self.process = subprocess.Popen(
                command, cwd=checkout, env=variables, stdout=output, stderr=output
            )
        wait_until(lambda: "Peelsite is up" in self.said() or self.process.poll() is not None, seconds=120)
        self.seconds = time.monotonic() - self.began
        assert self.process.poll() is None, self.said()

    def said(self) -> str:
        return self.log.read_text()

    def stop(self, number: int) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)


@pytest.fixture
def start(checkout: Path, variables: dict[str, str]) -> Iterator[Callable[[], Run]]:
    """Starts runs of the copy; what still runs when a test ends is stopped."""
    runs: list[Run] = []

    def start_one() -> Run:
        runs.append(Run(checkout, variables))
        return runs[-1]

    yield start_one
    for run in runs:
        if run.process.poll() is None:
            run.stop(signal.SIGTERM)


def of_checkout(checkout: Path) -> list[str]:
    """Command lines of every process that works in the copy."""
    found = []
    for process in psutil.process_iter(["cmdline", "cwd", "status"]):
        line = " ".join(process.info["cmdline"] or [])
        here = str(checkout) in line or (process.info["cwd"] or "").startswith(str(checkout))
        if here and process.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(line)
    return found


def status(port: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=30)
    try:
        connection.request("GET", "/accounts/login/")
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def manage(checkout: Path, variables: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=checkout, env=variables, capture_output=True, text=True)


def test_a_first_run_a_second_beside_it_and_a_second_after_it(checkout, variables, start):
    run = start()
    assert status(variables["PORT"]) == 200
    assert f"http://127.0.0.1:{variables['PORT']}" in run.said()

    beside = subprocess.run(
        [sys.executable, "-m", "peelsite.local.run"],
        cwd=checkout,
        env=variables,
        capture_output=True,
        text=True,
    )
    assert beside.returncode == 1
    assert beside.stderr.startswith(
        f"Peelsite is running already from this folder: http://127.0.0.1:{variables['PORT']}"
    )

    checked = manage(checkout, variables, "migrate", "--check")
    # Other commands connect as the owner of the tables, of which the check of the walls may warn.
    assert checked.returncode == 0, checked.stderr

    assert run.stop(signal.SIGINT) == 0
    assert of_checkout(checkout) == []
    assert manage(checkout, variables, "check").stderr.startswith("No database: set DATABASE_URL")

    again = start()
    assert again.seconds < UP_AGAIN * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    assert again.stop(signal.SIGTERM) == 0
    assert of_checkout(checkout) == []


def test_a_killed_web_server_and_a_killed_supervisor_are_mended(checkout, variables, start):
    run = start()
    web = next(
        process for process in psutil.Process(run.process.pid).children() if "gunicorn" in process.cmdline()
    )
    web.kill()
    wait_until(lambda: "web ended (signal 9)" in run.said())
    wait_until(lambda: status(variables["PORT"]) == 200)

    left = len(json.loads((checkout / "data" / "run.json").read_text()))
    run.process.kill()
    run.process.wait()
    assert left == 4
    assert manage(checkout, variables, "check").stderr.startswith("No database")

    again = start()
    assert again.said().count("ended what a killed run had left") == left
    assert status(variables["PORT"]) == 200
    assert again.stop(signal.SIGTERM) == 0
    assert of_checkout(checkout) == []
