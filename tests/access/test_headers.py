"""What browsers are told, and what Django says of the settings of a server."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from peelsite.accounts.permissions import Role
from peelsite.web.middleware import CONTENT_SECURITY_POLICY
from tests import factories
from tests.access.world import message_make

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize("path", ["/accounts/login/", "/health/live", "/nothing/here/at/all/", "/api/v1/"])
def test_every_answer_carries_the_policies(db: None, client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_nothing_may_run_but_the_sites_own_files() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    for part in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "form-action 'self'"):
        assert part in CONTENT_SECURITY_POLICY


def test_a_view_may_narrow_the_policy(db: None, client: Client) -> None:
    force = factories.force_make()
    client.force_login(factories.user_make(Role.ADMINISTRATOR, force))
    kept = message_make(force)
    policy = client.get(f"/{force.slug}/outbox/{kept.pk}/html/").headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")


def server_environment(**changes: str) -> dict[str, str]:
    """The variables of a server: none of those of one's own machine."""
    left_out = {"PEELSITE_LOCAL", "DEBUG", "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"}
    return {name: value for name, value in os.environ.items() if name not in left_out} | {
        "PEELSITE_LOCAL": "0",
        "SECRET_KEY": "k" * 25 + "3y" * 15 + "!?unlike-any-other",
        "ALLOWED_HOSTS": "peelsite.example.police.uk",
        "DJANGO_SETTINGS_MODULE": "peelsite.settings",
        **changes,
    }


def run(environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
    )


def test_the_settings_of_a_server_pass_djangos_own_review() -> None:
    done = run(server_environment(), "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY must be at least 50 characters long."),
    ],
)
def test_a_server_without_its_secret_does_not_start(changes: dict[str, str], said: str) -> None:
    done = run(server_environment(**changes), "manage.py", "check")
    assert done.returncode != 0
    assert said in done.stderr


SERVE = """
import os, django
django.setup()
from django.conf import settings
from django.core.management import call_command
settings.STATIC_ROOT = os.environ["COLLECT_INTO"]
call_command("collectstatic", interactive=False, verbosity=0)
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory
from django.template.loader import render_to_string
page = render_to_string("404.html", request=None)
print(staticfiles_storage.url("site.css"))
assert staticfiles_storage.url("site.css") in page, page
"""


def test_a_server_serves_collected_files_under_names_of_their_content(
    built_files: Any, tmp_path: Path
) -> None:
    environment = server_environment(COLLECT_INTO=str(tmp_path / "collected"))
    done = run(environment, "-W", "error", "-c", SERVE)
    assert done.returncode == 0, done.stderr
    name = done.stdout.strip().removeprefix("/static/")
    assert name != "site.css"
    assert (tmp_path / "collected" / name).exists()
