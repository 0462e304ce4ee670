"""Who may be signed in as."""

import csv
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from peelsite import walls
from peelsite.accounts.models import Membership

USERS_FILE = Path(__file__).with_name("plan") / "users.csv"
# The same for every demonstration user, and printed: `load_demonstration` refuses where others could sign in.
PASSWORD = "three-invented-words"  # noqa: S105


@dataclass(frozen=True)
class SignInRow:
    """One line of users.csv: a role of a demonstration user in a force."""

    email: str
    name: str
    force: str
    role: str
    unit: str


@dataclass(frozen=True)
class SignIn:
    """A demonstration user as shown on the sign-in page."""

    role: str
    name: str
    email: str
    password: str


def sign_in_rows() -> list[SignInRow]:
    with USERS_FILE.open(encoding="utf-8", newline="") as lines:
        return [SignInRow(**row) for row in csv.DictReader(lines)]


def demonstration_sign_ins() -> list[SignIn]:
    """The demonstration users that are in this database, on one's own machine only; else none. One query."""
    if not settings.LOCAL:
        return []
    roles: dict[str, list[Membership]] = {row.email: [] for row in sign_in_rows()}
    memberships = Membership.objects.filter(user__email__in=roles, is_active=True, user__is_active=True)
    # The sign-in page names invented people to whoever opens it.
    with walls.everything():
        for membership in memberships.select_related("user", "force", "unit").order_by("-force__name", "pk"):
            roles[membership.user.email].append(membership)
    return [
        SignIn(_described(held), held[0].user.name, email, PASSWORD) for email, held in roles.items() if held
    ]


def _described(memberships: list[Membership]) -> str:
    """'Unit head of Watford, Hertfordshire', 'HR, Hertfordshire and Bedfordshire'."""
    forces = " and ".join(membership.force.name for membership in memberships)
    return f"{memberships[0].described}, {forces}"
