"""`make test`: style, types, import contracts, migrations and settings, then every test.

The quick checks run side by side and speak before the tests do, so that the last line is the tests' own. All
run whatever the others find; the command fails when any of them does.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from peelsite.local import frontend
from peelsite.local.servers import ServerError
from peelsite.local.throwaway import throwaway_servers

ROOT = Path(__file__).resolve().parent.parent.parent
TOOLS = Path(sys.executable).parent
# Each has a test database, a browser and workers of its own, which take memory.
MOST_TEST_PROCESSES = 4


@dataclass(frozen=True)
class Check:
    """A command that finds one kind of fault."""

    name: str
    command: Sequence[str]


@dataclass(frozen=True)
class Outcome:
    """What a check said, and whether it is content."""

    check: Check
    passed: bool
    said: str
    seconds: float


def quick_checks() -> list[Check]:
    """Everything but the tests."""
    manage = [sys.executable, "manage.py"]
    return [
        Check("types of the pure modules", [tool("mypy"), *pure_modules()]),
        Check("style", [tool("ruff"), "check", "."]),
        Check("format", [tool("ruff"), "format", "--check", "."]),
        Check("import contracts", [tool("lint-imports")]),
        Check("missing migrations", [*manage, "makemigrations", "--check", "--dry-run"]),
        Check("settings", [*manage, "check"]),
    ]


def migrations() -> Check:
    """All migrations on an empty database; only for one that is thrown away."""
    return Check("migrations from nothing", [sys.executable, "manage.py", "migrate", "--verbosity=0"])


def tool(name: str) -> str:
    """A command of the virtual environment."""
    return str(TOOLS / name)


def pure_modules() -> list[str]:
    """Files whose types are checked: every calc, and what runs before Django."""
    found = [*ROOT.glob("*/**/calc.py"), *ROOT.glob("*/**/calc/*.py"), *ROOT.glob("peelsite/local/*.py")]
    inside = (path.relative_to(ROOT) for path in found)
    return sorted(
        str(path) for path in inside if path.parts[0] in {"peelsite", "workforce", "demand", "finance"}
    )


def run_check(check: Check) -> Outcome:
    """Run one check, its output kept."""
    began = time.monotonic()
    done = subprocess.run(
        check.command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    return Outcome(check, done.returncode == 0, done.stdout.rstrip(), time.monotonic() - began)


def test_processes() -> int:
    """How many processes share the tests: one a processor, as each waits for its own servers and browser."""
    return min(os.cpu_count() or 1, MOST_TEST_PROCESSES)


def report(outcome: Outcome) -> None:
    """One line for a content check, everything that it said for another."""
    print(
        f"{'pass' if outcome.passed else 'FAIL'}  {outcome.check.name} ({outcome.seconds:.1f} s)", flush=True
    )
    if not outcome.passed:
        print(outcome.said, flush=True)


def run_all(pytest_options: Sequence[str]) -> list[str]:
    """Run everything on servers of its own; the names of what failed."""
    with ExitStack() as servers:
        own_database = not os.environ.get("DATABASE_URL")
        if own_database or not os.environ.get("REDIS_URL"):
            servers.enter_context(throwaway_servers())
        os.environ.setdefault("PEELSITE_LOCAL", "1")
        checks = [*([migrations()] if own_database else []), *quick_checks()]
        with ThreadPoolExecutor(max_workers=2) as pool:
            outcomes = list(pool.map(run_check, checks))
        if own_database:
            # Each process of the tests copies the database that was migrated meanwhile.
            os.environ["TEST_DATABASE_TEMPLATE"] = urlsplit(os.environ["DATABASE_URL"]).path.lstrip("/")
        for outcome in outcomes:
            report(outcome)
        failed = [outcome.check.name for outcome in outcomes if not outcome.passed]
        processes = [f"--numprocesses={test_processes()}", "--dist=worksteal"]
        tests = subprocess.run([sys.executable, "-m", "pytest", *processes, *pytest_options], cwd=ROOT)
        return failed + (["tests"] if tests.returncode else [])


def main() -> None:
    """`make test`."""
    try:
        frontend.ensure(development=True)
        failed = run_all(sys.argv[1:])
    except (frontend.FrontendError, ServerError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Interrupted.")
    if failed and failed != ["tests"]:
        sys.exit(f"Failed: {', '.join(failed)}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
