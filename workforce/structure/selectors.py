"""What the parts of a force hold and what leans on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Case, Count, F, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat

from peelsite.forces.models import Area, Force, Location, Unit, UnitLevel
from workforce.establishment.models import FundingSource, Post, Rank, Role

# Sorts before every letter, so that what stands below a unit follows it.
BELOW = "\t"


@dataclass(frozen=True)
class Leaning:
    """How many rows of one kind name a row: (3, 'posts')."""

    count: int
    label: str
    model: type[models.Model]


def leaning_on(row: models.Model) -> tuple[Leaning, ...]:
    """What names this row and must be kept with it, past rows included; one query a kind."""
    found = []
    for relation in row._meta.related_objects:
        if relation.on_delete is not models.PROTECT:
            continue
        count = relation.related_model._default_manager.filter(**{relation.field.name: row}).count()
        if count:
            options = relation.related_model._meta
            label = str(options.verbose_name if count == 1 else options.verbose_name_plural)
            found.append(Leaning(count, label, relation.related_model))
    return tuple(found)


def leaning_words(leaning: Sequence[Leaning]) -> str:
    """'3 posts and 1 location name', ready for what they name."""
    parts = [f"{each.count:,} {each.label}" for each in leaning]
    joined = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    single = len(leaning) == 1 and leaning[0].count == 1
    return f"{joined} {'names' if single else 'name'}"


def areas_of(force: Force, day: date) -> QuerySet[Area]:
    """Areas with how many units and locations are in each."""
    return Area.objects.of_force(force).annotate(
        units_count=_count(Unit, "area"), locations_count=_count(Location, "area")
    )


def locations_of(force: Force, day: date) -> QuerySet[Location]:
    """Locations with the posts at each on `day`."""
    return (
        Location.objects.of_force(force).select_related("area").annotate(posts_count=_posts("location", day))
    )


def units_of(force: Force, day: date) -> QuerySet[Unit]:
    """Units in the order of the tree, with the posts of each on `day` and of all below it."""
    within = (
        Post.objects.filter(during__contains=day, unit__path__startswith=OuterRef("path"))
        .order_by()
        .annotate(one=Value(1))
        .values("one")
        .annotate(number=Count("pk"))
        .values("number")
    )
    below, top = Value(BELOW), "parent__parent__name"
    return (
        Unit.objects.of_force(force)
        .select_related("parent", "area")
        .annotate(
            posts_count=Coalesce(Subquery(within, output_field=IntegerField()), 0),
            tree=Case(
                When(level=UnitLevel.COMMAND, then=F("name")),
                When(level=UnitLevel.DEPARTMENT, then=Concat("parent__name", below, "name")),
                default=Concat(top, below, "parent__name", below, "name"),
                output_field=models.TextField(),
            ),
        )
        .order_by("tree", "pk")
    )


def ranks_of(force: Force, day: date) -> QuerySet[Rank]:
    """National ranks and the force's own grades, the most senior of each worker type first."""
    return Rank.objects.for_force(force).annotate(posts_count=_posts("rank", day, force))


def roles_of(force: Force, day: date) -> QuerySet[Role]:
    return Role.objects.of_force(force).annotate(posts_count=_posts("role", day))


def funding_of(force: Force, day: date) -> QuerySet[FundingSource]:
    return FundingSource.objects.of_force(force).annotate(posts_count=_posts("funding", day))


def _posts(field: str, day: date, force: Force | None = None) -> Coalesce:
    """How many posts of the row exist on `day`; a national rank's are those of `force`."""
    posts = Post.objects.filter(during__contains=day)
    return _count(posts.filter(force=force) if force else posts, field)


def _count(rows: type[models.Model] | QuerySet, field: str) -> Coalesce:
    queryset = rows if isinstance(rows, QuerySet) else rows._default_manager.all()
    grouped = (
        queryset.filter(**{field: OuterRef("pk")})
        .order_by()
        .values(field)
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(grouped, output_field=IntegerField()), 0)
