"""Writes the demonstration forces: structure, posts, people, postings, and the users who may look at them."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from peelsite.accounts.models import Membership, User
from peelsite.demonstration.boards import board_prepare, boards_load
from peelsite.demonstration.calc.force import force_make
from peelsite.demonstration.calc.plan import Plan, plan_read
from peelsite.demonstration.calc.rows import MadeForce
from peelsite.demonstration.members import members_load
from peelsite.demonstration.projection import projection_load
from peelsite.demonstration.selectors import PASSWORD, SignInRow, sign_in_rows
from peelsite.demonstration.skills import skills_load_demonstration
from peelsite.demonstration.suggestions import suggestions_load
from peelsite.demonstration.travel import travel_load
from peelsite.forces.models import Area, Force, JointUnit, Location, Unit
from peelsite.forces.services import unit_create
from workforce.establishment.models import FundingSource, Post, Rank, Role
from workforce.people.models import Absence, LimitedDuty, Person, Posting

PLAN_FOLDER = Path(__file__).with_name("plan")
FORCES = ("hertfordshire", "bedfordshire")
WITH_A_BOARD = "hertfordshire"
# Host, unit, partner and first day. The collaboration is real; the day stands for its beginnings.
JOINT_UNITS = [("hertfordshire", "PS", "bedfordshire", date(2013, 4, 1))]
OWN_RECORDS = [("constable@hertfordshire.example", "WAT-R")]
CONSTABLE = "PC"


@transaction.atomic
def demonstration_load() -> list[str]:
    """Load every demonstration force that has no post yet, and its users; the names of the forces loaded.

    Raises ValidationError when the reference rows are missing.
    """
    categories = dict(Rank.objects.filter(force__isnull=True).values_list("code", "category"))
    loaded = []
    for slug in FORCES:
        force = Force.objects.filter(slug=slug).first()
        if force is None or not categories:
            raise ValidationError("The forces and ranks are missing; run manage.py load_reference first.")
        if Post.objects.filter(force=force).exists():
            continue
        force_load(force=force, plan=plan_read(PLAN_FOLDER / slug, categories))
        loaded.append(force.name)
    if loaded:
        joint_units_load()
        users_load(rows=sign_in_rows())
        own_records_link()
    for force in Force.objects.filter(slug=WITH_A_BOARD, name__in=loaded):
        members = User.objects.filter(memberships__force=force).distinct()
        sign_ins = {user.email.split("@")[0]: user for user in members}
        travel_load(force=force)
        boards_load(force=force, sign_ins=sign_ins)
        skills_load_demonstration(force=force, folder=PLAN_FOLDER / force.slug, hr=sign_ins["hr"])
        projection_load(force=force)
        members_load(force=force, sign_ins=sign_ins)
        board_prepare(force=force)
        suggestions_load(force=force, hr=sign_ins["hr"])
    return loaded


@transaction.atomic
def force_load(*, force: Force, plan: Plan) -> None:
    """Make the force of `plan` and write it: one statement a table, so that each rule is asked once."""
    force.keeps_records = True
    force.opening_day = plan.opening_day
    force.save(update_fields=["keeps_records", "opening_day"])
    structure = _Structure(force, plan)
    made = force_make(plan)
    posts = _posts_write(force, structure, made)
    people = _people_write(force, made)
    _copy(
        Posting,
        ["force", "person", "post", "kind", "fte", "during", "is_supernumerary", "host"],
        (
            [
                force.pk,
                people[person.number],
                posts[posting.post.reference] if posting.post else None,
                posting.kind,
                posting.fte,
                DateRange(posting.starts, posting.ends),
                posting.is_supernumerary,
                posting.host,
            ]
            for person in made.people
            for posting in person.postings
        ),
    )
    for model, spells in ((Absence, "absences"), (LimitedDuty, "limited_duties")):
        _copy(
            model,
            ["force", "person", "kind", "during"],
            (
                [force.pk, people[person.number], spell.kind, DateRange(spell.starts, spell.ends)]
                for person in made.people
                for spell in getattr(person, spells)
            ),
        )


class _Structure:
    """Areas, locations, units, roles and funding of the plan, written and kept by code or name."""

    def __init__(self, force: Force, plan: Plan) -> None:
        self.areas = _keyed(
            Area.objects.bulk_create([Area(force=force, **row) for row in plan.areas]), "code"
        )
        self.locations = _keyed(
            Location.objects.bulk_create(
                Location(force=force, code=row["code"], name=row["name"], area=self.areas.get(row["area"]))
                for row in plan.locations
            ),
            "code",
        )
        self.units: dict[str, Unit] = {}
        for row in plan.units:
            self.units[row["code"]] = unit_create(
                force=force,
                code=row["code"],
                name=row["name"],
                parent=self.units.get(row["parent"]),
                area=self.areas.get(row["area"]),
            )
        names = dict.fromkeys(cell.role for cell in plan.cells)
        self.roles = _keyed(
            Role.objects.bulk_create(
                Role(force=force, code=name.upper().replace(" ", "-")[:30], name=name) for name in names
            ),
            "name",
        )
        self.funding = _keyed(
            FundingSource.objects.bulk_create(
                FundingSource(
                    force=force,
                    name=row["name"],
                    kind=row["kind"],
                    ends_on=date.fromisoformat(row["ends_on"]) if row["ends_on"] else None,
                )
                for row in plan.funding
            ),
            "name",
        )


def _posts_write(force: Force, structure: _Structure, made: MadeForce) -> dict[str, int]:
    ranks = dict(Rank.objects.filter(force__isnull=True).values_list("code", "pk"))
    # Posts that replace another come second, because they name its row.
    first = [post for post in made.posts if post.succeeds is None]
    second = [post for post in made.posts if post.succeeds is not None]
    ids: dict[str, int] = {}
    for posts in (first, second):
        _copy(
            Post,
            [
                "force",
                "reference",
                "rank",
                "role",
                "unit",
                "location",
                "fte",
                "during",
                "funding",
                "succeeds",
            ],
            (
                [
                    force.pk,
                    post.reference,
                    ranks[post.cell.rank],
                    structure.roles[post.cell.role].pk,
                    structure.units[post.cell.unit].pk,
                    structure.locations[post.cell.location].pk,
                    post.fte,
                    DateRange(post.starts, post.ends),
                    structure.funding[post.cell.funding].pk,
                    ids[post.succeeds.reference] if post.succeeds else None,
                ]
                for post in posts
            ),
        )
        ids = dict(Post.objects.filter(force=force).values_list("reference", "pk"))
    return ids


def _people_write(force: Force, made: MadeForce) -> dict[str, int]:
    _copy(
        Person,
        ["force", "number", "family_name", "given_names", "employed", "leaving_reason"],
        (
            [
                force.pk,
                person.number,
                person.family_name,
                person.given_names,
                DateRange(person.joined, person.left),
                person.reason,
            ]
            for person in made.people
        ),
    )
    return dict(Person.objects.filter(force=force).values_list("number", "pk"))


def _copy(model: type[models.Model], fields: list[str], rows: Iterable[list[Any]]) -> None:
    """COPY rows beside a model's table and insert them: PostgreSQL takes no COPY behind a wall.

    Triggers and constraints are asked as for any other statement.
    """
    table = model._meta.db_table
    columns = ", ".join(f'"{model._meta.get_field(name).column}"' for name in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE demonstration_rows ON COMMIT DROP AS SELECT {columns} FROM {table} LIMIT 0"
        )
        cursor.execute("ALTER TABLE demonstration_rows ADD row_no bigint GENERATED ALWAYS AS IDENTITY")
        with cursor.copy(f"COPY demonstration_rows ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM demonstration_rows ORDER BY row_no"
        )
        cursor.execute("DROP TABLE demonstration_rows")


def _keyed(rows: Iterable[models.Model], name: str) -> dict[str, Any]:
    return {getattr(row, name): row for row in rows}


@transaction.atomic
def joint_units_load() -> None:
    """Units that the demonstration forces run together."""
    for force, code, partner, begins_on in JOINT_UNITS:
        unit = Unit.objects.get(force__slug=force, code=code)
        JointUnit.objects.get_or_create(
            force=unit.force,
            unit=unit,
            partner=Force.objects.get(slug=partner),
            defaults={"during": DateRange(begins_on, None)},
        )


@transaction.atomic
def own_records_link() -> None:
    """Each officer among the demonstration users is one of the constables of the unit named for them."""
    for email, code in OWN_RECORDS:
        user = User.objects.get(email=email)
        posted = Posting.objects.filter(
            post__unit__code=code, post__rank__code=CONSTABLE, during__upper_inf=True
        )
        person = (
            Person.objects.filter(
                force__memberships__user=user, postings__in=posted, employed__upper_inf=True
            )
            .order_by("number")
            .first()
        )
        if person is not None and not user.people.exists():
            person.user = user
            person.save(update_fields=["user"])
            user.name = person.full_name
            user.save(update_fields=["name"])


@transaction.atomic
def users_load(*, rows: list[SignInRow]) -> None:
    """The demonstration users with their memberships; a user who exists keeps name and password."""
    forces = {force.slug: force for force in Force.objects.filter(slug__in={row.force for row in rows})}
    units = {(unit.force_id, unit.code): unit for unit in Unit.objects.filter(force__in=forces.values())}
    for row in rows:
        user = User.objects.filter(email=row.email).first()
        if user is None:
            user = User.objects.create_user(row.email, PASSWORD, name=row.name)
        force = forces[row.force]
        Membership.objects.get_or_create(
            user=user, force=force, role=row.role, unit=units.get((force.pk, row.unit))
        )
