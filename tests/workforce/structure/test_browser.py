"""The structure in a real browser: accessible at both widths, and a unit moved without scripts."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from peelsite.accounts.permissions import Role
from peelsite.forces.models import Unit
from tests import factories
from tests.browser_steps import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def force():
    force = factories.force_make("Testshire")
    crime = factories.unit_make(force, "Crime", area=factories.area_make(force))
    factories.unit_make(force, "Fraud", parent=crime)
    factories.unit_make(force, "Operations")
    factories.post_make(force, "P-1")
    return force


@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_are_accessible(
    force, new_page: Callable[..., Page], axe: Callable[[Page], None], width: int
):
    page = new_page(width=width)
    sign_in(page, factories.user_make(Role.HR, force))
    unit = Unit.objects.get(name="Fraud")
    for name, rest in (
        ("structure", []),
        ("units", []),
        ("ranks", []),
        ("unit", [unit.pk]),
        ("unit-move", [unit.pk]),
        ("unit-close", [unit.pk]),
        ("funding-create", []),
    ):
        page.goto(reverse(f"structure:{name}", args=[force.slug, *rest]))
        axe(page)


def test_a_unit_moves_without_scripts(force, new_page: Callable[..., Page]):
    page = new_page(javascript=False)
    sign_in(page, factories.user_make(Role.HR, force))
    page.goto(reverse("structure:structure", args=[force.slug]))
    page.get_by_role("link", name="Units", exact=True).click()
    page.get_by_role("link", name="Fraud").click()
    page.get_by_role("button", name="Move", exact=True).click()
    page.get_by_label("Under").select_option(label="Operations")
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.get_by_text("Fraud is moved.")).to_be_visible()
    expect(page.get_by_role("definition").filter(has_text="Operations")).to_be_visible()
