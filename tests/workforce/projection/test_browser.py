"""A scenario with an added intake, from the empty page to both fans; accessible at both widths."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from peelsite.accounts.permissions import Role
from peelsite.jobs.models import Job
from peelsite.jobs.services import job_run
from tests import factories
from tests.browser_steps import sign_in
from tests.workforce.projection.invented import cell_of, projection_rows
from tests.workforce.projection.test_room_runs import DAY, made_force
from workforce.projection.selectors.cells import cell_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 320])
def test_an_extra_intake_is_seen_beside_the_plan(
    new_page: Callable[..., Page], axe: Callable[[Page], None], width: int
):
    force, posts = made_force()
    page = new_page(width=width)
    sign_in(page, factories.user_make(Role.HR, force))
    page.goto(reverse("projection:scenarios", args=[force.slug]))
    axe(page)
    page.get_by_role("button", name="Add a scenario").click()
    page.get_by_label("Name").fill("Four more in March")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("link", name="an extra intake").click()
    axe(page)
    page.get_by_label("Day").fill("1")
    page.get_by_label("Month", exact=True).last.fill("3")
    page.get_by_label("Year").fill("2017")
    page.get_by_label("Places").fill("4")
    page.get_by_label("Where").select_option(cell_text(cell_of(posts[1])))
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("listitem").filter(has_text="An extra intake of 4 in March 2017")).to_be_visible()
    page.get_by_role("button", name="Project it beside the plan").click()
    expect(page.get_by_text("Waiting to start").first).to_be_visible()
    # What the worker does; the page looks again by itself.
    for job in Job.objects.unfinished().filter(kind="projection.run"):
        assert job_run(job_id=job.pk)
    expect(page.get_by_role("heading", name="Beside the plan")).to_be_visible(timeout=20_000)
    header = page.get_by_role("columnheader", name="Four more in March, middle (FTE)")
    # The figures stand open until the picture is drawn.
    expect(header).to_be_visible()
    expect(page.get_by_role("columnheader", name="Plan, middle (FTE)")).to_be_visible()
    whole = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Testshire"))
    expect(whole.get_by_role("cell").nth(2)).to_contain_text("\N{MINUS SIGN}3.")
    axe(page)


@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_are_accessible(new_page: Callable[..., Page], axe: Callable[[Page], None], width: int):
    force, posts = made_force()
    user = factories.user_make(Role.HR, force)
    rows = projection_rows(force, posts[1], user, DAY)
    page = new_page(width=width)
    sign_in(page, factories.user_make(Role.HR, force))
    for name, rest in (
        ("overview", []),
        ("lines", []),
        ("line", ["force"]),
        ("runs", []),
        ("run", [rows["projection"].pk]),
        ("assumptions", []),
        ("assumption", ["leave.officer.0"]),
        ("plans", []),
        ("intake", [rows["intake"].pk]),
        ("pool", [rows["promotion-pool"].pk]),
        ("budget-add", []),
        ("back-test", []),
    ):
        page.goto(reverse(f"projection:{name}", args=[force.slug, *rest]))
        axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, name
