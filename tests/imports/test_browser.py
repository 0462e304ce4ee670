"""The import pages in a real Chromium: by hand from upload to undo, at two widths, with axe on each."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from peelsite.imports import work
from peelsite.jobs.models import Job
from peelsite.jobs.services import job_run
from tests import factories
from tests.browser_steps import sign_in
from tests.imports import planted
from workforce.establishment.models import Post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 320])
def test_from_upload_to_undo(
    new_page: Callable[..., Page], axe: Callable[[Page], None], force, hr, tmp_path: Path, width: int
) -> None:
    path = tmp_path / "establishment.xlsx"
    planted.planted_workbook(path, force)
    factories.post_make(force, "W-2002", rank="SGT")
    factories.post_make(force, "OLD-1")
    page = new_page(width=width)
    sign_in(page, hr)
    page.goto(f"/{force.slug}/imports/")
    axe(page)
    page.get_by_role("button", name="Import posts").click()
    axe(page)
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirm the columns")
    axe(page)
    page.get_by_role("button", name="Check the rows").click()
    expect(page.get_by_text("26 rows: 19 new, 1 changed, 0 unchanged, 6 refused.")).to_be_visible()
    axe(page)
    page.get_by_label("New value for row 26, Start date").fill("28/02/2026")
    page.get_by_role("button", name="Save corrections and check again").click()
    expect(page.get_by_text("26 rows: 20 new, 1 changed, 0 unchanged, 5 refused.")).to_be_visible()
    page.get_by_role("link", name="Changed (1)").click()
    axe(page)
    page.get_by_role("link", name="Not in the file (1)").click()
    axe(page)
    page.get_by_role("link", name="New (20)").click()
    page.get_by_role("button", name="Confirm and load").click()
    expect(page.get_by_role("heading", name="Loaded", exact=True)).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Undo this import").click()
    axe(page)
    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_text("This import was undone")).to_be_visible()
    assert set(Post.objects.values_list("reference", flat=True)) == {"W-2002", "OLD-1"}


def test_progress_moves_on_without_being_asked(
    page: Page, axe: Callable[[Page], None], force, hr, tmp_path: Path, settings: Any, monkeypatch: Any
) -> None:
    """A large file's work is left to a worker; here the page waits, and the test does the work."""
    settings.IMPORT_INLINE_BYTES = 0
    monkeypatch.setattr(work.job_task, "delay_on_commit", lambda job_id: None)
    path = tmp_path / "establishment.xlsx"
    planted.planted_workbook(path, force)
    sign_in(page, hr)
    page.goto(f"/{force.slug}/imports/posts/new/")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("Reading the file")).to_be_visible()
    axe(page)
    job_run(job_id=Job.objects.get().pk)
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirm the columns")
