"""What people do again and again in a browser."""

import os
from pathlib import Path

from playwright.sync_api import Page, expect

from peelsite.accounts.models import User
from tests import factories


def sign_in(page: Page, user: User) -> None:
    """By the sign-in page, with the password of every user that `factories` make."""
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password", exact=True).fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(user.name)


def picture(page: Page, name: str) -> None:
    """A picture of the page, where somebody asks for pictures by SCREENSHOTS."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def day_fill(page: Page, legend: str, day: str, month: str, year: str) -> None:
    """The three boxes of a date."""
    group = page.get_by_role("group", name=legend)
    for label, value in (("Day", day), ("Month", month), ("Year", year)):
        group.get_by_label(label).fill(value)
