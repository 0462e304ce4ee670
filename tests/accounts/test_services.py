"""Members and tokens: what is done, and what is refused with which sentence."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from peelsite.accounts.models import ApiToken, Membership, User, token_digest
from peelsite.accounts.permissions import Action, Role
from peelsite.accounts.services import (
    member_add,
    membership_change,
    membership_end,
    membership_renew,
    token_create,
    token_revoke,
)
from tests.factories import force_make, unit_make, user_make

pytestmark = pytest.mark.django_db


def test_a_new_member_has_an_account_and_no_password():
    force = force_make()
    membership = member_add(
        force=force, email="New.One@Peelsite.invalid", name=" New One ", role=Role.ANALYST
    )
    assert membership.user.email == "new.one@peelsite.invalid"
    assert membership.user.name == "New One"
    assert not membership.user.has_usable_password()
    assert membership.user.roles_in(force) == {Role.ANALYST}


def test_someone_with_an_account_keeps_name_and_password():
    force, other = force_make(), force_make("Otherset")
    user = user_make(Role.HR, other)
    membership = member_add(force=force, email=user.email.upper(), name="Another name", role=Role.FINANCE)
    assert membership.user == user
    user = User.objects.get(pk=user.pk)
    assert user.name != "Another name"
    assert user.has_usable_password()
    assert {each.slug for each in user.forces()} == {force.slug, other.slug}


def test_the_same_role_twice_is_refused():
    force = force_make()
    user = user_make(Role.HR, force)
    with pytest.raises(ValidationError, match="is already HR in Testshire"):
        member_add(force=force, email=user.email, name="x", role=Role.HR)


def test_a_closed_account_is_not_opened_by_a_force():
    force = force_make()
    user = user_make(None)
    User.objects.filter(pk=user.pk).update(is_active=False)
    with pytest.raises(ValidationError, match="closed for the whole site"):
        member_add(force=force, email=user.email, name="x", role=Role.HR)


@pytest.mark.parametrize(
    ("role", "unit_of", "sentence"),
    [
        (Role.UNIT_HEAD, None, "select the unit they are head of"),
        (Role.HR, "own", "Only a unit head or a partner has a unit"),
        (Role.UNIT_HEAD, "other", "is not a unit of Testshire"),
    ],
)
def test_units_fit_roles(role, unit_of, sentence):
    force, other = force_make(), force_make("Otherset")
    unit = {None: None, "own": unit_make(force), "other": unit_make(other, "Elsewhere")}[unit_of]
    with pytest.raises(ValidationError) as refused:
        member_add(force=force, email="a@peelsite.invalid", name="A", role=role, unit=unit)
    assert sentence in refused.value.message_dict["unit"][0]
    assert not User.objects.filter(email="a@peelsite.invalid").exists()


def test_an_ended_membership_allows_nothing_and_starts_again():
    force = force_make()
    user = user_make(Role.HR, force)
    membership = membership_end(membership=user.memberships.get())
    assert User.objects.get(pk=user.pk).forces() == []
    with pytest.raises(ValidationError, match="has ended already"):
        membership_end(membership=membership)
    again = member_add(force=force, email=user.email, name="x", role=Role.HR)
    assert again.pk == membership.pk
    assert User.objects.get(pk=user.pk).forces() == [force]


def test_a_force_keeps_an_administrator():
    force = force_make()
    only = user_make(Role.ADMINISTRATOR, force).memberships.get()
    with pytest.raises(ValidationError, match="only administrator of Testshire"):
        membership_end(membership=only)
    with pytest.raises(ValidationError, match="only administrator of Testshire"):
        membership_change(membership=only, role=Role.HR)
    second = user_make(Role.ADMINISTRATOR, force).memberships.get()
    membership_end(membership=only)
    with pytest.raises(ValidationError, match="only administrator"):
        membership_end(membership=second)
    membership_renew(membership=only)
    assert membership_end(membership=second).is_active is False


def test_a_role_is_changed_and_a_double_one_refused():
    force = force_make()
    user = user_make(Role.HR, force)
    unit = unit_make(force)
    membership = membership_change(membership=user.memberships.get(), role=Role.UNIT_HEAD, unit=unit)
    assert membership.described == "Unit head of Response"
    Membership.objects.create(user=user, force=force, role=Role.FINANCE)
    with pytest.raises(ValidationError, match="has that role already"):
        membership_change(membership=membership, role=Role.FINANCE)


def test_a_token_is_kept_as_a_digest_and_ends_with_its_day():
    user = user_make(Role.HR, force_make())
    day = timezone.localdate() + timedelta(days=10)
    token, secret = token_create(user=user, name="Payroll", expires_on=day, actions=[Action.PEOPLE_VIEW])
    assert secret.startswith("peel_")
    kept = ApiToken.objects.get()
    assert kept.digest == token_digest(secret)
    assert kept.last_day == day
    assert kept.is_live
    first = token_revoke(token=token).revoked_at
    assert token_revoke(token=token).revoked_at == first
    assert not ApiToken.objects.get().is_live


@pytest.mark.parametrize(("days", "sentence"), [(-1, "today or later"), (366, "a year at most")])
def test_days_a_token_may_not_have(days, sentence):
    with pytest.raises(ValidationError) as refused:
        token_create(
            user=user_make(Role.HR, force_make()),
            name="Payroll",
            expires_on=timezone.localdate() + timedelta(days=days),
            actions=[Action.PEOPLE_VIEW],
        )
    assert sentence in refused.value.message_dict["expires_on"][0]
    assert not ApiToken.objects.exists()
