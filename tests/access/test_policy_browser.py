"""Every kind of page in Chromium: none of its scripts, styles or pictures may break the site's policy."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page

from peelsite.accounts.permissions import Role
from tests.access.asking import url_of
from tests.access.matrix import DOORS, SUPERUSER
from tests.access.walk import addresses
from tests.access.world import member_of, world

# Answers that are files or data, not pages.
NOT_PAGES = {
    "api-schema",
    "boards:paper",
    "imports:rejects",
    "imports:template",
    "inspection:summary-pdf",
    "mail:attachment",
}


@pytest.mark.browser
def test_no_page_breaks_the_policy(
    transactional_db: None, new_page: Callable[..., Page], live_site: str, tmp_path: Path, settings: Any
) -> None:
    """`new_page` fails the test for whatever the browser refused, and for every script that failed."""
    settings.MEDIA_ROOT = str(tmp_path)
    held, _ = world(tmp_path)
    client = Client()
    client.force_login(member_of(held, *Role.values))
    page = new_page()
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_site}]
    )
    opened, broken = 0, []
    for address in addresses():
        door = DOORS.get(address.name, {"GET": SUPERUSER})
        if (
            "GET" in door
            and SUPERUSER not in door.values()
            and not address.is_api
            and address.name not in NOT_PAGES
        ):
            answer = page.goto(url_of(address, held), wait_until="load")
            opened += 1
            if answer is None or answer.status >= 500:
                broken.append(f"{address.name}: {answer and answer.status}")
    assert not broken
    assert opened > 60
