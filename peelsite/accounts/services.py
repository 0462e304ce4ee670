"""Writes of accounts: who is a member of which force, and the tokens of users' programs."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from peelsite.accounts.models import ApiToken, Membership, Session, SignIn, User, token_digest
from peelsite.accounts.permissions import ROLES_OF_A_UNIT, Action, Role
from peelsite.forces.models import Force, Unit
from peelsite.web.editing.records import Overtaken, Seen, locked

LONGEST_TOKEN = timedelta(days=365)
TOKENS_AN_HOUR = 10


@transaction.atomic
def member_add(*, force: Force, email: str, name: str, role: str, unit: Unit | None = None) -> Membership:
    """Give a role in the force to the user with this address, who is made if there is none.

    A user made here has no password: the caller sends the link to set one. A membership that was ended starts
    again. An existing user keeps the name they have. Raises ValidationError when the unit does not fit the
    role or the user has the role already.
    """
    _check_unit(force, role, unit)
    email = User.objects.normalize_email(email).lower()
    user = User.objects.select_for_update().filter(email=email).first()
    if user is None:
        user = User(email=email, name=name.strip())
        user.set_unusable_password()
        user.full_clean(exclude=["password"])
        user.save()
    elif not user.is_active:
        raise ValidationError(
            f"The account of {email} is closed for the whole site; ask the site's operator to open it again."
        )
    membership, is_new = Membership.objects.get_or_create(
        user=user, force=force, role=role, unit=unit, defaults={"is_active": True}
    )
    if not is_new:
        if membership.is_active:
            raise ValidationError(f"{user} is already {membership.described} in {force.name}.")
        membership.is_active = True
        membership.save(update_fields=["is_active"])
    return membership


@transaction.atomic
def membership_change(
    *,
    membership: Membership,
    role: str,
    unit: Unit | None = None,
    session_key: str | None = None,
    seen: Seen | None = None,
) -> Membership:
    """Change the role, or the unit of a unit head. The last administrator of a force stays one.

    Raises EditConflict when the membership is no longer what was `seen`. The user's sessions end,
    but not the one in which this is done (`session_key`).
    """
    _check_unit(membership.force, role, unit)
    if role != Role.ADMINISTRATOR:
        _keep_an_administrator(membership)
    membership = locked(membership, seen)
    clash = Membership.objects.filter(
        user=membership.user_id, force=membership.force_id, role=role, unit=unit
    ).exclude(pk=membership.pk)
    if clash.exists():
        raise ValidationError(f"{membership.user} has that role already; end this one instead.")
    membership.role = role
    membership.unit = unit
    membership.save(update_fields=["role", "unit"])
    sessions_end(user=membership.user, but_not=session_key)
    return membership


@transaction.atomic
def membership_end(
    *, membership: Membership, session_key: str | None = None, seen: Seen | None = None
) -> Membership:
    """End a membership: the user may no longer do what it allowed, and their sessions end, but `session_key`.

    Raises ValidationError for the last active administrator of the force, Overtaken when it has ended.
    """
    _keep_an_administrator(membership)
    membership = locked(membership, seen)
    if not membership.is_active:
        raise Overtaken(f"The membership of {membership.user} has ended already.")
    membership.is_active = False
    membership.save(update_fields=["is_active"])
    sessions_end(user=membership.user, but_not=session_key)
    return membership


@transaction.atomic
def membership_renew(*, membership: Membership, seen: Seen | None = None) -> Membership:
    """Let an ended membership hold again; one that holds is left as it is."""
    membership = locked(membership, seen)
    membership.is_active = True
    membership.save(update_fields=["is_active"])
    return membership


@transaction.atomic
def sign_in_record(*, user: User, kind: str, browser: str) -> SignIn:
    """Write down a sign-in, or one that a wrong password did not open."""
    return SignIn.objects.create(user=user, kind=kind, browser=browser)


@transaction.atomic
def sessions_end(*, user: User, but_not: str | None = None) -> int:
    """End the user's sessions, but not the one with the key `but_not`; how many there were.

    Their browsers are at the sign-in page with the next click.
    """
    ended, _ = Session.objects.filter(user=user).exclude(session_key=but_not).delete()
    return ended


@transaction.atomic
def factors_reset(*, user: User) -> int:
    """Take away the user's second factors, and end their sessions: for somebody whose phone was lost.

    Who needs a factor sets up a new one after signing in with the password.
    """
    removed, _ = Authenticator.objects.filter(user=user).delete()
    sessions_end(user=user)
    return removed


@transaction.atomic
def token_create(
    *, user: User, name: str, expires_on: date, actions: Sequence[str], force: Force | None = None
) -> tuple[ApiToken, str]:
    """A token that ends with the day `expires_on`; the secret is returned here and kept nowhere.

    It is for these actions, in this force or in all of the user's. Raises ValidationError when the day has
    passed or is more than a year ahead, when the user may not do one of the actions there themselves, and
    for the eleventh token within an hour.
    """
    User.objects.select_for_update().get(pk=user.pk)
    _check_token_rate(user)
    _check_token_day(expires_on)
    _check_token_scope(user, actions, force)
    secret = ApiToken.new_secret()
    midnight = datetime.combine(
        expires_on + timedelta(days=1), time.min, tzinfo=timezone.get_current_timezone()
    )
    token = ApiToken(
        user=user,
        name=name.strip(),
        digest=token_digest(secret),
        expires_at=midnight,
        actions=sorted(set(actions)),
        force=force,
    )
    token.full_clean()
    token.save()
    return token, secret


@transaction.atomic
def token_revoke(*, token: ApiToken) -> ApiToken:
    """A revoked token is refused from the next call on. Revoking again changes nothing."""
    token = locked(token)
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
    return token


def _check_token_rate(user: User) -> None:
    made = user.api_tokens.filter(created_at__gt=timezone.now() - timedelta(hours=1)).count()
    if made >= TOKENS_AN_HOUR:
        raise ValidationError(
            f"You have made {made} tokens within the last hour, which is the most. Wait an hour."
        )


def _check_token_day(expires_on: date) -> None:
    today = timezone.localdate()
    if expires_on < today:
        raise ValidationError({"expires_on": "The last day must be today or later."})
    if expires_on > today + LONGEST_TOKEN:
        latest = today + LONGEST_TOKEN
        raise ValidationError(
            {"expires_on": f"A token lasts a year at most; choose {latest:%-d %B %Y} or earlier."}
        )


def _check_token_scope(user: User, actions: Sequence[str], force: Force | None) -> None:
    """A token never does more than its maker: every action is theirs, in a force that it reaches."""
    forces = user.forces()
    if force is not None and force not in forces:
        raise ValidationError({"force": "Choose one of your own forces."})
    if not actions:
        raise ValidationError({"actions": "Choose at least one thing that the token is for."})
    reached = forces if force is None else [force]
    for action in actions:
        if action not in set(Action) or not any(user.reach(Action(action), each) for each in reached):
            where = f"in {force.name}" if force else "in any force"
            raise ValidationError({"actions": f"You may not do {action} {where} yourself."})


def _check_unit(force: Force, role: str, unit: Unit | None) -> None:
    if role in ROLES_OF_A_UNIT and unit is None:
        what = "they are head of" if role == Role.UNIT_HEAD else "that is run jointly"
        raise ValidationError({"unit": f"This role is held in one unit; select the unit {what}."})
    if role not in ROLES_OF_A_UNIT and unit is not None:
        raise ValidationError(
            {"unit": "Only a unit head or a partner has a unit; leave the unit empty or change the role."}
        )
    if unit is not None and unit.force_id != force.pk:
        raise ValidationError({"unit": f"{unit.name} is not a unit of {force.name}; select one of its own."})


def _keep_an_administrator(membership: Membership) -> None:
    """Two administrators who end each other's membership at once are taken one after the other."""
    if membership.role != Role.ADMINISTRATOR:
        return
    active = list(
        Membership.objects.select_for_update()
        .filter(force=membership.force_id, role=Role.ADMINISTRATOR, is_active=True, user__is_active=True)
        .order_by("pk")
    )
    if [row.pk for row in active] == [membership.pk]:
        raise ValidationError(
            f"{membership.user} is the only administrator of {membership.force.name}. "
            "Make somebody else an administrator first."
        )
