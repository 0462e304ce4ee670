"""Writes of what posts are made of. What something leans on is kept: it may change, and is not removed."""

from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Concat, Substr

from peelsite.forces.models import Area, Force, Location, Unit, UnitLevel, WorkerCategory
from peelsite.forces.services import LEVEL_BELOW, unit_create
from peelsite.web.editing.records import Seen, locked
from workforce.establishment.models import FundingKind, FundingSource, Post, Rank, Role
from workforce.refusals import refusals_in_words, saved
from workforce.structure.selectors import leaning_on, leaning_words

Row = TypeVar("Row", bound=models.Model)


@transaction.atomic
def area_create(*, force: Force, code: str, name: str) -> Area:
    return _tidied(Area(force=force, code=code, name=name))


@transaction.atomic
def area_change(*, area: Area, code: str, name: str, seen: Seen | None = None) -> Area:
    return _changed(area, seen, code=code, name=name)


@transaction.atomic
def location_create(
    *,
    force: Force,
    code: str,
    name: str,
    area: Area | None = None,
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
) -> Location:
    """Coordinates in degrees, both or neither."""
    return _tidied(
        Location(force=force, code=code, name=name, area=area, latitude=latitude, longitude=longitude)
    )


@transaction.atomic
def location_change(
    *,
    location: Location,
    code: str,
    name: str,
    area: Area | None,
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    seen: Seen | None = None,
) -> Location:
    return _changed(location, seen, code=code, name=name, area=area, latitude=latitude, longitude=longitude)


@transaction.atomic
def unit_add(
    *, force: Force, code: str, name: str, parent: Unit | None = None, area: Area | None = None
) -> Unit:
    """Add a unit under `parent` (none: a command); what PostgreSQL refuses becomes a sentence."""
    with refusals_in_words():
        return unit_create(force=force, code=code, name=name, parent=parent, area=area)


@transaction.atomic
def unit_change(*, unit: Unit, code: str, name: str, area: Area | None, seen: Seen | None = None) -> Unit:
    """Another code, name or area; its place in the tree is changed by `unit_move`."""
    return _changed(unit, seen, code=code, name=name, area=area)


@transaction.atomic
def unit_move(*, unit: Unit, parent: Unit | None, seen: Seen | None = None) -> Unit:
    """Put a unit, with all below it, under another one (none: to the top, as a command).

    Levels follow from the new place: a department put to the top becomes a command and its teams departments.
    Raises ValidationError when the parent is the unit itself, below it, of another force or a team, and when
    something would come to stand below a team.
    """
    # Of two moves at once in one force, the second waits here, and reads the tree as the first left it.
    Force.objects.select_for_update().get(pk=unit.force_id)
    unit = locked(unit, seen)
    if parent is not None:
        parent = Unit.objects.get(pk=parent.pk)
        if parent.force_id != unit.force_id:
            raise ValidationError({"parent": f"{parent} belongs to another force; choose one of your own."})
        if parent.path.startswith(unit.path):
            raise ValidationError(
                {"parent": f"{parent} is {unit} itself or stands below it; choose a unit outside it."}
            )
    if unit.parent_id == (parent.pk if parent else None):
        raise ValidationError({"parent": f"{unit} is there already; choose another unit."})
    levels = _levels_under(unit, parent)
    with refusals_in_words():
        _subtree_write(unit, parent, levels)
    unit.refresh_from_db()
    return unit


def _levels_under(unit: Unit, parent: Unit | None) -> dict[str, str]:
    """Which level each level of the subtree becomes; refused when there is none for one of them."""
    new = LEVEL_BELOW.get(parent.level if parent else None)
    if new is None:
        raise ValidationError({"parent": f"{parent} is a team, and a team has no units under it."})
    levels: dict[str, str] = {}
    present = set(Unit.objects.of_force(unit.force).subtree_of(unit).values_list("level", flat=True))
    old: str | None = unit.level
    while old is not None and old in present:
        if new is None:
            raise ValidationError(
                {"parent": f"{unit} has units below it, which cannot stand below a team. Move them first."}
            )
        levels[old] = new
        old, new = LEVEL_BELOW.get(UnitLevel(old)), LEVEL_BELOW.get(new)
    return levels


def _subtree_write(unit: Unit, parent: Unit | None, levels: dict[str, str]) -> None:
    """Parent, levels and paths in one statement, as the database checks them after each."""
    start = parent.path if parent else "/"
    kept = unit.path.removesuffix(f"{unit.pk}/")
    Unit.objects.of_force(unit.force).subtree_of(unit).update(
        parent_id=Case(
            When(pk=unit.pk, then=Value(parent.pk if parent else None)),
            default=F("parent_id"),
            output_field=models.BigIntegerField(),
        ),
        level=Case(*(When(level=old, then=Value(new)) for old, new in levels.items()), default=F("level")),
        path=Concat(Value(start), Substr("path", len(kept) + 1)),
    )


@transaction.atomic
def unit_close(*, unit: Unit, closed_on: date | None, seen: Seen | None = None) -> Unit:
    """Let a unit hold no posts from `closed_on` on; None opens it again.

    Refused while a post of it, or a unit below it, would outlast it.
    """
    return _changed(unit, seen, closed_on=closed_on)


@transaction.atomic
def rank_create(
    *, force: Force, code: str, name: str, category: str, order: int, is_federated: bool = False
) -> Rank:
    """Add a grade of the force's own."""
    _category_check(force, category)
    return _tidied(
        Rank(force=force, code=code, name=name, category=category, order=order, is_federated=is_federated)
    )


@transaction.atomic
def rank_change(
    *,
    rank: Rank,
    code: str,
    name: str,
    category: str,
    order: int,
    is_federated: bool = False,
    seen: Seen | None = None,
) -> Rank:
    """Change a grade of the force's own. National ranks are the same everywhere and come by `load_reference`.

    The worker category stays once posts have the grade: their past would be counted elsewhere.
    """
    # First: behind the second wall a row of no force cannot be locked.
    if rank.force is None:
        raise ValidationError(
            f"{rank} is a national rank, the same in every force, and cannot be changed here."
        )
    rank = locked(rank, seen)
    _category_check(rank.force, category)
    if category != rank.category and rank.posts.exists():
        raise ValidationError(
            {
                "category": f"Posts have the grade {rank}, and would count as other workers in the past too. "
                "Add another grade, and re-profile the posts."
            }
        )
    return _changed(
        rank, None, code=code, name=name, category=category, order=order, is_federated=is_federated
    )


def _category_check(force: Force, category: str) -> None:
    if category not in force.worker_categories:
        raise ValidationError(
            {
                "category": f"{force} keeps no {WorkerCategory(category).label.lower()} here. Choose another "
                "worker type, or add this one to the settings of the force."
            }
        )


@transaction.atomic
def role_create(*, force: Force, code: str, name: str) -> Role:
    return _tidied(Role(force=force, code=code, name=name))


@transaction.atomic
def role_change(*, role: Role, code: str, name: str, seen: Seen | None = None) -> Role:
    return _changed(role, seen, code=code, name=name)


@transaction.atomic
def funding_create(
    *, force: Force, name: str, kind: str = FundingKind.CORE, ends_on: date | None = None
) -> FundingSource:
    return _tidied(FundingSource(force=force, name=name, kind=kind, ends_on=ends_on))


@transaction.atomic
def funding_change(
    *, funding: FundingSource, name: str, kind: str, ends_on: date | None, seen: Seen | None = None
) -> FundingSource:
    """`ends_on` is the last day on which the money is there; posts paid by it keep their own dates."""
    return _changed(funding, seen, name=name, kind=kind, ends_on=ends_on)


@transaction.atomic
def part_remove(*, part: models.Model, seen: Seen | None = None) -> None:
    """Remove an area, location, unit, grade, role or funding source that nothing leans on.

    Raises ValidationError with the sentence saying what does.
    """
    if isinstance(part, Rank) and part.force_id is None:
        raise ValidationError(
            f"{part} is a national rank, the same in every force, and cannot be removed here."
        )
    part = locked(part, seen)
    leaning = leaning_on(part)
    if leaning:
        raise ValidationError(
            f"{part} cannot be removed: {leaning_words(leaning)} it, those of the past among them."
        )
    try:
        with transaction.atomic():
            part.delete()
    except (IntegrityError, models.ProtectedError) as refused:
        raise ValidationError(f"{part} cannot be removed: a record made just now names it.") from refused


@transaction.atomic
def force_change(
    *,
    force: Force,
    worker_categories: list[str],
    leave_year_starts_month: int,
    leave_year_starts_day: int,
    week_starts_on: int,
    opening_day: date | None,
    seen: Seen | None = None,
) -> Force:
    """Change how a force counts years and weeks, whom it keeps, and on which day its pages open.

    A worker category with posts cannot be left out: they would vanish from every figure.
    """
    dropped = set(force.worker_categories) - set(worker_categories)
    if not worker_categories:
        raise ValidationError({"worker_categories": "Choose at least one worker type."})
    used = (
        Post.objects.of_force(force)
        .filter(rank__category__in=dropped)
        .values_list("rank__category", flat=True)
    )
    kept = sorted({str(WorkerCategory(category).label).lower() for category in used.distinct()})
    if kept:
        raise ValidationError(
            {"worker_categories": f"{force} has or had posts for {' and '.join(kept)}. Keep that type."}
        )
    return _changed(
        force,
        seen,
        worker_categories=worker_categories,
        leave_year_starts_month=leave_year_starts_month,
        leave_year_starts_day=leave_year_starts_day,
        week_starts_on=week_starts_on,
        opening_day=opening_day,
    )


def _changed(row: Row, seen: Seen | None, **values: Any) -> Row:
    """The row with these values, unless somebody changed it since `seen`."""
    row = locked(row, seen)
    for name, value in values.items():
        setattr(row, name, value)
    return _tidied(row, update_fields=list(values))


def _tidied(row: Row, update_fields: list[str] | None = None) -> Row:
    """The row, saved without spare spaces in its code and name."""
    for name in ("code", "name"):
        if isinstance(getattr(row, name, None), str):
            setattr(row, name, " ".join(getattr(row, name).split()))
    return saved(row, update_fields=update_fields)
