"""Fixtures shared by all tests: the live site in a browser, Celery workers, the SMTP server."""

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings as site_settings
from django.db import connection, transaction
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from redis import Redis

from peelsite.local import frontend
from tests.browser_tools import axe_violations, described, launch_chromium, scrolls_sideways, watch
from tests.services import SmtpServer, Worker, guard_network, start_worker

DESKTOP, PHONE = 1280, 320


def pytest_collection_finish() -> None:
    """Look through what stays for the whole session no more, and for rubbish less often.

    The site's models, its schema and the tests are some million objects, which the collector walks again and
    again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Show what tests recorded as `record_property("figure", …)`, from whichever process."""
    reports = [*terminalreporter.stats.get("passed", []), *terminalreporter.stats.get("failed", [])]
    figures = [
        value
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == "figure"
    ]
    if figures:
        terminalreporter.section("figures")
        for figure in sorted(figures):
            terminalreporter.write_line(figure)


@pytest.fixture(autouse=True, scope="session")
def _this_machine_only() -> Iterator[None]:
    """No test reaches beyond this machine."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        guard_network(monkeypatch)
        yield


@pytest.fixture(scope="module")
def kept_transaction(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A transaction in which a module's tests share what is slow to make; nothing of it stays.

    Each test goes back to it by `kept_savepoint`. The module puts a `db` of its own around that: it is what
    pytest-django looks for, and its own would close the connection.
    """
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        # As Django's own test case does: a durable block may be inside this one.
        outer._from_testcase = True
        with outer:
            yield
            transaction.set_rollback(True)


@pytest.fixture
def kept_savepoint(kept_transaction: None) -> Iterator[None]:
    """What a test of such a module does is undone after it."""
    savepoint = transaction.savepoint()
    yield
    transaction.savepoint_rollback(savepoint)


@pytest.fixture
def smtp_server() -> Iterator[SmtpServer]:
    """A real SMTP server that keeps what it accepts; see SmtpServer for its faults."""
    server = SmtpServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def send_by_smtp(settings: Any, smtp_server: SmtpServer) -> SmtpServer:
    """This process' mail goes to `smtp_server`; a worker process gets it by EMAIL_URL."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", smtp_server.port
    settings.EMAIL_URL = smtp_server.url
    return smtp_server


@pytest.fixture
def celery_worker_process(transactional_db: None, tmp_path: Path) -> Iterator[Callable[..., Worker]]:
    """Starts real workers on the test database: `celery_worker_process(EMAIL_URL=...)`.

    The queue is this session's own and empty at first; what still runs at the end is ended.
    """
    workers: list[Worker] = []
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    _forget_tasks()

    def start(*, concurrency: int = 1, **variables: str) -> Worker:
        environment = os.environ | {
            "DATABASE_URL": database.geturl(),
            "DJANGO_SETTINGS_MODULE": "peelsite.settings",
        }
        log = tmp_path / f"worker-{len(workers)}.log"
        workers.append(start_worker(log, environment | variables, concurrency=concurrency))
        return workers[-1]

    yield start
    for worker in workers:
        worker.stop()
    _forget_tasks()


def _forget_tasks() -> None:
    """Empty this session's queue, and give up what a killed worker had taken from it."""
    with Redis.from_url(os.environ["REDIS_URL"]) as client:
        client.delete(site_settings.CELERY_TASK_DEFAULT_QUEUE)
        for tag, held in client.hgetall("unacked").items():
            if site_settings.CELERY_TASK_DEFAULT_QUEUE.encode() in held:
                client.hdel("unacked", tag)
                client.zrem("unacked_index", tag)


@pytest.fixture(scope="session")
def built_files() -> None:
    """The front-end files, built when they are not."""
    frontend.ensure(development=True)


@pytest.fixture
def live_site(built_files: None, live_server: Any, settings: Any) -> str:
    """Address of the site served on the test database, scripts and styles included."""
    settings.SITE_URL = live_server.url
    return str(live_server.url)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the session."""
    # Playwright's loop runs in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Browser, live_site: str) -> Iterator[Callable[..., Page]]:
    """Opens pages of the site, each with its own cookies: `new_page(width=320)`; no script may fail."""
    contexts: list[BrowserContext] = []
    errors: list[list[str]] = []

    def open_page(*, width: int = DESKTOP, javascript: bool = True) -> Page:
        context = chromium.new_context(
            base_url=live_site,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        errors.append(watch(page))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not any(errors), [error for some in errors for error in some]


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page of the site in a window of 1280 pixels."""
    return new_page()


@pytest.fixture
def phone_page(new_page: Callable[..., Page]) -> Page:
    """A page of the site in a window of 320 pixels."""
    return new_page(width=PHONE)


@pytest.fixture(scope="session")
def axe(built_files: None) -> Callable[[Page], None]:
    """Asserts that axe-core finds nothing wrong with a page, and that the page does not scroll sideways."""

    def check(page: Page) -> None:
        violations = axe_violations(page)
        assert not violations, f"{page.url}\n{described(violations)}"
        assert not scrolls_sideways(page), f"{page.url} is wider than its window"

    return check


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Let the test database be emptied between tests: elsewhere the records of boards refuse TRUNCATE.

    At the end the sessions that killed workers left behind are closed, as they keep it from being dropped.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass, tgname FROM pg_trigger WHERE tgname LIKE 'workforce%_kept'")
        for table, trigger in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = current_user"
        )
