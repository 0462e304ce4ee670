"""Who needs a second factor, whether this session gave one, and how the factors' secrets are kept."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.http import HttpRequest

from peelsite.accounts.encryption import decrypted, encrypted
from peelsite.accounts.models import User
from peelsite.accounts.permissions import ROLE_ACTIONS, Action, Role

# What may be done after a password alone: reading figures in which nobody is named. A role that may do
# anything else, which is changing something or seeing a person's record or an account, needs a second factor;
# so does a role that is new, until it is said here that it does not.
DONE_WITH_A_PASSWORD = frozenset({Action.ESTABLISHMENT_VIEW, Action.BOARD_VIEW, Action.SUMMARY_VIEW})

# Where to go on after the first factor was set up.
AFTER_ENROLMENT = "peelsite_after_enrolment"
# How a session's record says that the force's own provider asked for the factor.
BY_PROVIDER = "provider"

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def roles_that_need_it() -> list[str]:
    """Roles that do more than read figures."""
    return [role for role in Role.values if set(ROLE_ACTIONS[role]) - DONE_WITH_A_PASSWORD]


def is_required(user: User) -> bool:
    """Whether the user needs a second factor: by a role in any force, or as the site's operator."""
    if not settings.MFA_REQUIRED:
        return False
    if user.is_superuser:
        return True
    needing = set(roles_that_need_it())
    return any(needing & user.roles_in(force) for force in user.forces())


def has_factor(user: User) -> bool:
    """Whether the user has an app or a passkey; recovery codes only stand in for one."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists()


def session_has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened, or went on, with a second factor: here or at the force's provider."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


class SecondFactorStage(AuthenticateStage):
    """Asks for the factor while signing in, unless the force's provider has asked already."""

    def _should_handle(self, request: HttpRequest) -> bool:
        records = get_authentication_records(request, self.login.user)
        if any(record.get("type") == BY_PROVIDER for record in records):
            return False
        return bool(super()._should_handle(request))


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": (
            "This is your last second factor, and your role needs one. Set up another before you remove it."
        ),
        "incorrect_code": "This code is not right, or was used already. Try the next one.",
    }

    def encrypt(self, text: str) -> str:
        return encrypted(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypted(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last factor stays with whoever needs one."""
        if not is_required(authenticator.user):
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
        return others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: User, type: str) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {count + 1}" if count else "My passkey"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": "Peelsite"}
