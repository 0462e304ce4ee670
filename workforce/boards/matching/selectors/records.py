"""What matching knows of one person, and what each unit has beside its minimum."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, QuerySet, Sum

from peelsite.forces.models import Force
from workforce.boards.matching.models import FlexibleWorking, MovePreference, PromotionPlace
from workforce.boards.matching.selectors.rules import MinimumKey
from workforce.establishment.models import Post, Role
from workforce.people.models import Person, Posting


@dataclass(frozen=True)
class Standing:
    """Preferences, agreements and places of a person, the latest first."""

    preference: MovePreference | None
    agreements: list[FlexibleWorking]
    places: list[PromotionPlace]


def standing_of(person: Person) -> Standing:
    """Four queries."""
    preference = (
        MovePreference.objects.filter(person=person)
        .prefetch_related("wishes__role", "wishes__location", "wishes__unit")
        .first()
    )
    return Standing(
        preference,
        list(FlexibleWorking.objects.filter(person=person).order_by(F("during").desc())),
        list(
            PromotionPlace.objects.filter(person=person).select_related("rank").order_by(F("during").desc())
        ),
    )


def roles_open_to(person: Person) -> QuerySet[Role]:
    """Roles that people of this person's worker type do; all of the force for somebody in no post yet."""
    category = (
        Posting.objects.filter(person=person, is_away=False)
        .order_by(F("during").desc())
        .values_list("post__rank__category", flat=True)
        .first()
    )
    roles = Role.objects.of_force(person.force)
    if category is None:
        return roles
    posts = Post.objects.filter(rank__category=category, during__upper_inf=True, role=OuterRef("pk"))
    return roles.filter(Exists(posts))


def strength_by_unit(force: Force, day: date) -> dict[MinimumKey, Decimal]:
    """FTE counted in each unit itself, of everyone and by rank, the supernumerary left out. One query."""
    rows = (
        Posting.objects.of_force(force)
        .counted_at(day)
        .filter(is_supernumerary=False)
        .order_by()
        .values_list("post__unit_id", "post__rank_id")
        .annotate(total=Sum("fte"))
    )
    strength: dict[MinimumKey, Decimal] = defaultdict(Decimal)
    for unit, rank, total in rows:
        strength[unit, rank] += total
        strength[unit, None] += total
    return dict(strength)
