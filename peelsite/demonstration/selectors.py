"""Who may be signed in as."""

import csv
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from peelsite.accounts.models import User
from peelsite.accounts.permissions import Role

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
    """The demonstration users that are in this database, on one's own machine only; else none."""
    if not settings.LOCAL:
        return []
    roles: dict[str, list[SignInRow]] = {}
    for row in sign_in_rows():
        roles.setdefault(row.email, []).append(row)
    present = dict(User.objects.filter(email__in=roles, is_active=True).values_list("email", "name"))
    return [
        SignIn(_described(rows), present[email], email, PASSWORD)
        for email, rows in roles.items()
        if email in present
    ]


def _described(rows: list[SignInRow]) -> str:
    """'Unit head, SG-DA', 'HR, Hertfordshire and Bedfordshire'."""
    label = str(Role(rows[0].role).label)
    if len(rows) > 1:
        return f"{label}, {' and '.join(row.force.title() for row in rows)}"
    if rows[0].unit:
        return f"{label} of {rows[0].unit}, {rows[0].force.title()}"
    return f"{label}, {rows[0].force.title()}"
