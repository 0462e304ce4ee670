"""Sign-ins are written down for good: those that opened the site and those that a wrong password did not."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from peelsite.accounts.models import Membership, SignIn
from peelsite.accounts.permissions import Role
from peelsite.accounts.selectors import sign_ins_before
from peelsite.audit.models import RetentionRule
from peelsite.audit.retention.services import retention_apply
from peelsite.history.verification import history_verify
from tests.factories import PASSWORD, force_make, person_make, signed_in, user_make

pytestmark = pytest.mark.django_db

CHROME = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0"}


@pytest.fixture
def force():
    return force_make()


def sign_in(user, password: str = PASSWORD) -> None:
    Client().post(reverse("account_login"), {"login": user.email, "password": password}, headers=CHROME)


def test_both_kinds_are_written_down(force):
    user = user_make(Role.FINANCE, force)
    user.set_password(PASSWORD)
    user.save()
    sign_in(user, "wrong")
    sign_in(user)
    Client().post(reverse("account_login"), {"login": "nobody@peelsite.invalid", "password": "x"})
    assert list(SignIn.objects.order_by("pk").values_list("user", "kind", "browser")) == [
        (user.pk, "refused", "Chrome on Windows"),
        (user.pk, "signed_in", "Chrome on Windows"),
    ]
    own = signed_in(user).get(reverse("accounts:me")).content.decode()
    assert "Latest sign-ins" in own
    assert "Wrong password" in own


def test_nobody_changes_or_deletes_one(force):
    SignIn.objects.create(user=user_make(Role.HR, force), kind="signed_in")
    for statement in ("UPDATE accounts_signin SET kind = 'refused'", "DELETE FROM accounts_signin"):
        with (
            pytest.raises(DatabaseError, match="append_only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_administrator_sees_those_of_members(force):
    user = user_make(Role.HR, force)
    SignIn.objects.create(user=user, kind="refused", browser="Edge on Windows")
    administrator = signed_in(user_make(Role.ADMINISTRATOR, force))
    page = administrator.get(reverse("accounts:member", args=[force.slug, user.memberships.get().pk]))
    assert "Edge on Windows" in page.content.decode()


def test_a_persons_life_tells_of_the_account_and_its_roles(force):
    hr, user = user_make(Role.HR, force), user_make(Role.EMPLOYEE, force)
    person = person_make(force)
    person.user = user
    person.save()
    SignIn.objects.create(user=user, kind="signed_in", browser="Firefox on Linux")
    membership = user.memberships.get()
    membership.is_active = False
    membership.save()
    user.memberships.create(force=force_make("Otherset"), role=Role.ANALYST)
    address = reverse("history:life", args=[force.slug, "workforce.person", person.pk])
    why = {"reason": "Grievance of 4 May"}
    html = signed_in(hr).post(address, why).content.decode()
    assert "Membership changed" in html
    assert "User added" in html
    assert "Otherset" not in html
    assert "Firefox on Linux" not in html, "sign-ins are for those who look after accounts"
    Membership.objects.create(user=hr, force=force, role=Role.ADMINISTRATOR)
    html = signed_in(type(hr).objects.get(pk=hr.pk)).post(address, why).content.decode()
    assert "Firefox on Linux" in html
    # An account that is linked no more was theirs all the same.
    person.user = None
    person.save()
    assert "Membership changed" in signed_in(hr).post(address, why).content.decode()


def test_sign_ins_go_by_rule_and_the_chain_adds_up(force):
    own, other = user_make(Role.HR, force), user_make(Role.HR, force_make("Otherset"))
    for user in (own, other):
        SignIn.objects.create(user=user, kind="signed_in")
    rule = RetentionRule.objects.create(
        force=force,
        what="sign_ins",
        months=24,
        source="Test",
        valid_from=date(2010, 1, 1),
        is_confirmed=True,
    )
    assert sign_ins_before(force, date(2040, 1, 1)).count() == 1
    assert retention_apply(rule=rule, day=date(2040, 1, 1)).removed == 1
    assert SignIn.objects.get().user == other
    assert history_verify().is_sound
