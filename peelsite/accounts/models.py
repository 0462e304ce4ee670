"""Who signs in, what they are in which force, and the tokens their programs use."""

import hashlib
import secrets
from datetime import date, timedelta

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from peelsite import walls
from peelsite.accounts.permissions import (
    ROLE_ACTIONS,
    ROLES_OF_A_UNIT,
    Action,
    Role,
    Scope,
    roles_throughout,
)
from peelsite.accounts.reach import NOWHERE, WHOLE, Reach
from peelsite.accounts.sessions import Session as Session
from peelsite.forces.models import Force, JointUnit, Unit
from peelsite.history import tracked


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email__iexact=email)


@tracked(exclude=("password", "last_login"))
class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField("email address", unique=True)
    name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False, help_text="May open the admin pages.")
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    # The token of this request, which narrows what the user may do; None for somebody signed in at a page.
    token: "ApiToken | None" = None

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="accounts_user_email_in_lower_case", condition=models.Q(email=Lower("email"))
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def roles_in(self, force: Force) -> set[str]:
        """The user's active roles in a force; one query a user object, then remembered."""
        return {
            membership.role for membership in self._active_memberships() if membership.force_id == force.pk
        }

    def may(self, action: Action, force: Force) -> bool:
        """Whether the user may do `action` in the whole of `force`; in how much less of it, says `reach`."""
        return self.reach(action, force).is_whole

    def reach(self, action: Action, force: Force) -> Reach:
        """How far the user may do `action` in `force`: the furthest that the roles allow together.

        The token of a request, where there is one, must have been made for it as well.
        """
        if self.token is not None and not self.token.is_for(action, force):
            return NOWHERE
        units: list[Unit] = []
        owns = False
        for membership in self._active_memberships():
            if membership.force_id != force.pk:
                continue
            scope = ROLE_ACTIONS[membership.role].get(action)
            if scope == Scope.FORCE:
                return WHOLE
            if scope == Scope.UNITS or (scope == Scope.JOINT and self._is_joint(membership)):
                units.append(membership.unit)
            owns = owns or scope == Scope.OWN
        if not units and not owns:
            return NOWHERE
        return Reach(units=tuple(units), own_user_id=self.pk if owns else None)

    def _is_joint(self, membership: "Membership") -> bool:
        """Whether the unit is run today with a force in which the user has a role of another kind."""
        if not hasattr(self, "_joint_units_read"):
            home = {other.force_id for other in self._active_memberships() if other.role != Role.PARTNER}
            with walls.of_user(self.pk):
                self._joint_units_read = set(
                    JointUnit.objects.running_on(timezone.localdate())
                    .filter(partner__in=home)
                    .values_list("unit__path", flat=True)
                )
        return any(membership.unit.path.startswith(path) for path in self._joint_units_read)

    def units_headed_in(self, force: Force) -> list[Unit]:
        """Units whose head the user is: their subtree is theirs to match people to."""
        return [
            membership.unit
            for membership in self._active_memberships()
            if membership.force_id == force.pk and membership.role == Role.UNIT_HEAD and membership.unit
        ]

    def _active_memberships(self) -> list["Membership"]:
        if not self.is_active:
            return []
        if not hasattr(self, "_memberships_read"):
            # What a request may reach is learnt here, so it cannot be asked first.
            with walls.of_user(self.pk):
                self._memberships_read = list(
                    self.memberships.filter(is_active=True)
                    .select_related("force", "unit")
                    .order_by("force__name")
                )
        return self._memberships_read

    def forces(self) -> list[Force]:
        """Forces the user is an active member of, by name."""
        return list(
            {membership.force_id: membership.force for membership in self._active_memberships()}.values()
        )


class SignInKind(models.TextChoices):
    """Short stable names: they are stored."""

    SIGNED_IN = "signed_in", "Signed in"
    REFUSED = "refused", "Wrong password"


class SignIn(models.Model):
    """One sign-in of a user, or one that failed for a wrong password; nobody changes or deletes one.

    Written when all that is asked for was given: the password, and the second factor where there is one.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    kind = models.CharField(max_length=10, choices=SignInKind)
    at = models.DateTimeField(auto_now_add=True)
    browser = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "sign-in"
        indexes = [models.Index(fields=["user", "at"], name="accounts_signin_user_at")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.user}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def allowing(self, action: Action) -> "MembershipQuerySet":
        """Those whose role may do it in the whole force."""
        return self.filter(is_active=True, user__is_active=True, role__in=roles_throughout(action))


@tracked()
class Membership(models.Model):
    """One role of one user in one force; that of a unit head or a partner names the unit."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    is_active = models.BooleanField(default=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["force__name", "user__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "force", "role", "unit"],
                name="accounts_membership_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="accounts_membership_names_its_unit",
                condition=models.Q(role__in=ROLES_OF_A_UNIT, unit__isnull=False)
                | (~models.Q(role__in=ROLES_OF_A_UNIT) & models.Q(unit__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.force}"

    @property
    def described(self) -> str:
        """'HR', 'Unit head of Watford'."""
        return f"{self.get_role_display()} of {self.unit.name}" if self.unit else str(self.get_role_display())


def token_digest(secret: str) -> str:
    """SHA-256 of a token: tokens are 256 random bits, so a slow password hash would add nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()


@tracked(exclude=("last_used_at", "digest"))
class ApiToken(models.Model):
    """A user's key for programs: kept as a digest, shown once, always with an end, and for some actions only.

    `actions` are values of Action; `force` is the only one that it reaches, or None for all of the user's.
    The user must hold each action at the time of use as well.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=60, help_text="What uses this token, for example 'Payroll extract'.")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    actions = ArrayField(models.CharField(max_length=40))
    force = models.ForeignKey(
        Force, on_delete=models.PROTECT, null=True, blank=True, related_name="api_tokens"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "API token"
        constraints = [
            models.CheckConstraint(
                name="accounts_apitoken_is_for_something", condition=models.Q(actions__len__gt=0)
            )
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def new_secret() -> str:
        return f"peel_{secrets.token_urlsafe(32)}"

    @property
    def last_day(self) -> date:
        """The last day on which it is taken: a token ends with a day."""
        return timezone.localtime(self.expires_at - timedelta(microseconds=1)).date()

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    def is_for(self, action: Action, force: Force) -> bool:
        """Whether it was made for the action, in this force."""
        return action in self.actions and self.force_id in (None, force.pk)
