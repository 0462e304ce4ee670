"""Finding Chromium, and what every page must pass: accessible, no script error, no sideways scrolling."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright

AXE = Path(__file__).resolve().parent.parent / "node_modules" / "axe-core" / "axe.min.js"
# Shared memory is small in containers; every name but loopback's leads nowhere.
CHROMIUM_OPTIONS = [
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


def launch_chromium(playwright: Playwright) -> Browser:
    """The browser that CHROMIUM names, else the machine's, else one that playwright installs.

    Without any, tests are skipped on a person's machine and fail where CI is set.
    """
    options = CHROMIUM_OPTIONS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    named = os.environ.get("CHROMIUM")
    if found := named or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    ):
        return playwright.chromium.launch(executable_path=found, args=options)
    if not Path(playwright.chromium.executable_path).exists():
        install = [sys.executable, "-m", "playwright", "install", "chromium"]
        installed = subprocess.run(install, capture_output=True, text=True)
        if installed.returncode:
            message = (
                f"No Chromium on this machine, and it could not be installed: {installed.stderr.strip()}"
            )
            pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    return playwright.chromium.launch(args=options)


def watch(page: Page) -> list[str]:
    """Errors of scripts and of the content security policy on this page from now on."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(f"script error: {error}"))
    page.on(
        "console",
        lambda said: (
            errors.append(f"console: {said.text}")
            if said.type == "error" and "Security Policy" in said.text
            else None
        ),
    )
    return errors


def axe_violations(page: Page) -> list[dict[str, Any]]:
    """What axe-core finds wrong with the page as it stands, every rule."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE.read_text())
    violations: list[dict[str, Any]] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")[
        "violations"
    ]
    return violations


def described(violations: list[dict[str, Any]]) -> str:
    """Violations as text: the rule, what it wants, and where."""
    lines = []
    for violation in violations:
        lines.append(f"{violation['id']} ({violation['impact']}): {violation['help']}")
        lines += [f"    {node['target']}: {node['html']}" for node in violation["nodes"][:5]]
    return "\n".join(lines)


def scrolls_sideways(page: Page) -> bool:
    """Whether the page as a whole is wider than its window (a wide table scrolls in a box of its own)."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
