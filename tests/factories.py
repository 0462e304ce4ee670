"""Rows for tests: small plain functions with sensible values, each argument overridable by keyword.

    force = force_make()
    post = post_make(force, "B-1")
    posting_make(person_make(force, "1187"), post)

Everything is invented. Days are half-open inside: `ends_before` is the first day that no longer counts.
"""

import itertools
from datetime import date
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse

from peelsite.accounts.models import Membership, User
from peelsite.accounts.permissions import Role as UserRole
from peelsite.forces.models import Area, Force, JointUnit, Location, Unit
from peelsite.forces.services import unit_create
from workforce.establishment.models import FundingKind, FundingSource, Post, Rank, Role
from workforce.people.models import Person, Posting, PostingKind

PASSWORD = "correct horse battery staple"
START = date(2010, 4, 1)

_numbers = itertools.count(1)

NATIONAL_RANKS = (
    ("CON", "Constable", "officer", 1, True),
    ("SGT", "Sergeant", "officer", 2, True),
    ("INSP", "Inspector", "officer", 3, True),
    ("PCSO", "PCSO", "pcso", 1, False),
)


def force_make(name: str = "Testshire", **fields) -> Force:
    """A force that keeps records, with the ranks of NATIONAL_RANKS there to be used."""
    number = next(_numbers)
    fields = {
        "name": name,
        "slug": name.lower().replace(" ", "-"),
        "code": f"X{number:08d}",
        "keeps_records": True,
    } | fields
    ranks_make()
    return Force.objects.create(**fields)


def ranks_make() -> dict[str, Rank]:
    """National ranks by code; made once."""
    made = {rank.code: rank for rank in Rank.objects.filter(force=None)}
    return made | {
        code: Rank.objects.create(
            code=code, name=name, category=category, order=order, is_federated=federated
        )
        for code, name, category, order, federated in NATIONAL_RANKS
        if code not in made
    }


def rank_make(force: Force | None, code: str, *, category: str = "staff", order: int = 1, **fields) -> Rank:
    return Rank.objects.create(
        **{"force": force, "code": code, "name": code, "category": category, "order": order} | fields
    )


def area_make(force: Force, code: str = "A1", **fields) -> Area:
    return Area.objects.create(**{"force": force, "code": code, "name": f"Area {code}"} | fields)


def unit_make(
    force: Force, name: str = "Response", *, parent: Unit | None = None, code: str = "", **fields
) -> Unit:
    """A command, or what stands below `parent`."""
    code = code or f"U{next(_numbers)}"
    return unit_create(force=force, code=code, name=name, parent=parent, **fields)


def partner_make(user: User, unit: Unit) -> JointUnit:
    """Give the user a home in another force, with which the unit is run from 2010 on."""
    home = force_make(f"Partnershire {next(_numbers)}")
    Membership.objects.create(user=user, force=home, role=UserRole.ANALYST)
    return JointUnit.objects.create(force=unit.force, unit=unit, partner=home, during=DateRange(START, None))


def signed_in(user: User) -> Client:
    """A browser in which the user is signed in."""
    client = Client()
    client.force_login(user)
    return client


def reason_give(client: Client, force: Force) -> None:
    """Say why health records are needed, as the page asks."""
    answer = client.post(reverse("health:reason", args=[force.slug]), {"reason": "Review of long absences"})
    assert answer.status_code == 302


def location_make(force: Force, name: str = "Watchford", **fields) -> Location:
    return Location.objects.create(**{"force": force, "code": f"L{next(_numbers)}", "name": name} | fields)


def role_make(force: Force, name: str = "Response officer", **fields) -> Role:
    return Role.objects.create(**{"force": force, "code": f"R{next(_numbers)}", "name": name} | fields)


def funding_make(force: Force, name: str = "Core budget", **fields) -> FundingSource:
    return FundingSource.objects.create(**{"force": force, "name": name, "kind": FundingKind.CORE} | fields)


def post_make(
    force: Force,
    reference: str = "",
    *,
    rank: Rank | str = "CON",
    starts_on: date = START,
    ends_before: date | None = None,
    **fields,
) -> Post:
    """A post of one FTE; unit, role, location and funding are the force's first, made where it has none."""
    return Post.objects.create(
        **{
            "force": force,
            "reference": reference or f"P-{next(_numbers)}",
            "rank": ranks_make()[rank] if isinstance(rank, str) else rank,
            "role": fields.get("role") or force.roles.first() or role_make(force),
            "unit": fields.get("unit") or force.units.first() or unit_make(force),
            "location": fields.get("location") or force.locations.first() or location_make(force),
            "funding": fields.get("funding") or force.funding_sources.first() or funding_make(force),
            "fte": Decimal(1),
            "during": DateRange(starts_on, ends_before),
        }
        | fields
    )


def person_make(
    force: Force,
    number: str = "",
    *,
    family_name: str = "Sample",
    given_names: str = "Alex",
    joined: date = START,
    left_before: date | None = None,
    **fields,
) -> Person:
    return Person.objects.create(
        force=force,
        number=number or str(9000 + next(_numbers)),
        family_name=family_name,
        given_names=given_names,
        employed=DateRange(joined, left_before),
        **fields,
    )


def posting_make(
    person: Person,
    post: Post | None,
    *,
    starts_on: date | None = None,
    ends_before: date | None = None,
    kind: str = PostingKind.SUBSTANTIVE,
    **fields,
) -> Posting:
    """The person in the post, from the day both exist unless told."""
    first = max(person.employed.lower, post.during.lower) if post else person.employed.lower
    return Posting.objects.create(
        force=person.force,
        person=person,
        post=post,
        kind=kind,
        during=DateRange(starts_on or first, ends_before),
        **fields,
    )


def user_make(
    role: str | None = UserRole.HR, force: Force | None = None, *, email: str = "", unit: Unit | None = None
) -> User:
    """A user who signs in with PASSWORD; a member of `force` with `role` where both are given."""
    number = next(_numbers)
    user = User.objects.create_user(
        email or f"user{number}@peelsite.invalid", PASSWORD, name=f"Test user {number}"
    )
    if role and force:
        Membership.objects.create(user=user, force=force, role=role, unit=unit)
    return user
