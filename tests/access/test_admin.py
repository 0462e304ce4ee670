"""The admin pages: who opens them, what may be changed there, and that they work under the site's policy."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from peelsite.accounts.models import Membership, User
from peelsite.accounts.permissions import Role
from peelsite.forces.models import Force
from tests import factories
from workforce.models import Absence, Board, LimitedDuty, Post, Posting


@pytest.fixture
def operator(db: None) -> User:
    """Who looks after the whole site."""
    return User.objects.create_superuser("operator@peelsite.invalid", factories.PASSWORD, name="Operator")


def test_staff_alone_opens_nothing(db: None, client: Client) -> None:
    user = factories.user_make(Role.ADMINISTRATOR, factories.force_make())
    user.is_staff = True
    user.save()
    client.force_login(user)
    assert client.get(reverse("admin:index"), follow=True).status_code == 403


@pytest.mark.parametrize("model", [Post, Posting, Board])
def test_business_rows_can_only_be_seen(operator: User, client: Client, model: Any) -> None:
    client.force_login(operator)
    page = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    assert client.get(reverse(f"{page}_changelist")).status_code == 200
    assert client.get(reverse(f"{page}_add")).status_code == 403


def test_records_of_health_are_not_there() -> None:
    assert not {Absence, LimitedDuty} & set(admin.site._registry)


def test_nothing_that_records_lean_on_can_be_deleted(operator: User, client: Client) -> None:
    force = factories.force_make()
    client.force_login(operator)
    answer = client.post(reverse("admin:forces_force_delete", args=[force.pk]), {"post": "yes"})
    assert answer.status_code == 403
    assert Force.objects.filter(pk=force.pk).exists()


def test_an_account_is_made_without_a_password_and_given_its_force(operator: User, client: Client) -> None:
    force = factories.force_make()
    client.force_login(operator)
    inline = {
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "0",
        "memberships-0-force": force.pk,
        "memberships-0-role": Role.ADMINISTRATOR,
        "memberships-0-is_active": "on",
    }
    sent = {"email": "New.Person@peelsite.invalid", "name": "New Person", "is_active": "on"} | inline
    answer = client.post(reverse("admin:accounts_user_add"), sent)
    assert answer.status_code == 302, answer.content.decode()
    made = User.objects.get(email="new.person@peelsite.invalid")
    assert not made.has_usable_password()
    assert Membership.objects.get(user=made).force == force


@pytest.mark.browser
def test_the_pages_work_under_the_policy_of_the_site(
    transactional_db: None, new_page: Callable[..., Page], live_site: str
) -> None:
    """`new_page` fails the test for any script or style that the policy refused."""
    User.objects.create_superuser("operator@peelsite.invalid", factories.PASSWORD, name="Operator")
    force = factories.force_make()
    factories.post_make(force)
    page = new_page()
    page.goto("/admin/")
    page.get_by_label("Email").fill("operator@peelsite.invalid")
    page.get_by_role("textbox", name="Password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/admin/")
    page.get_by_role("link", name="Users", exact=True).click()
    page.get_by_role("link", name="Operator", exact=True).click()
    page.get_by_text("Add another Membership").click()
    assert page.locator("#memberships-group .dynamic-memberships").count() == 1
    for path in (
        "/admin/forces/force/",
        f"/admin/forces/force/{force.pk}/change/",
        "/admin/workforce/post/",
        "/admin/accounts/membership/add/",
        "/admin/forces/force/?q=test",
    ):
        page.goto(path)
        assert page.locator("h1, h2").count() > 0
