"""Rows of matching for the walk over every address."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from tests import factories
from tests.workforce.boards.invented import DAY, FILL_BY, World
from workforce.boards.decisions.models import PostToFill
from workforce.boards.matching.models import (
    FlexibleWorking,
    MatchingSettings,
    MinimumStrength,
    MoveAsked,
    MoveChain,
    MovePreference,
    MoveProposal,
    PromotionPlace,
    Wish,
)
from workforce.people.models import Person
from workforce.travel.services import travel_time_create


def matching_rows(boards: World, person: Person) -> dict[str, Any]:
    """One row of every kind in Custody, about a person who works there; B-2 has a proposal."""
    force, name = boards.force, boards.force.name
    to_fill = PostToFill.objects.get(post=boards.posts["B-2"])
    chain = MoveChain.objects.create(force=force, started_by=boards.head, started_at=timezone.now())
    move = MoveProposal.objects.create(
        force=force,
        to_fill=to_fill,
        post=to_fill.post,
        person=person,
        left_post=person.postings.get().post,
        starts_on=FILL_BY,
        note=f"Asked in {name}",
        proposed_by=boards.head,
        proposed_at=timezone.now(),
        chain=chain,
    )
    preference = MovePreference.objects.create(
        force=force, person=person, wants_move=True, remarks=f"Nearer to {name}"
    )
    Wish.objects.create(preference=preference, unit=boards.custody)
    since = DateRange(date(2016, 1, 1), None)
    there = factories.location_make(force, f"{name} hall")
    return {
        "move": move,
        "move-asked": MoveAsked.objects.create(
            proposal=move, side="leaves", unit=boards.custody, asked_at=timezone.now()
        ),
        "move-chain": chain,
        "minimum-strength": MinimumStrength.objects.create(
            force=force, unit=boards.custody, fte=Decimal(2), during=since, reason=f"Shifts of {name}"
        ),
        "matching-settings": MatchingSettings.objects.create(force=force),
        "move-preference": preference,
        "flexible-working": FlexibleWorking.objects.create(
            force=force,
            person=person,
            pattern="compressed",
            hours=f"Four days in {name}",
            during=since,
            review_on=DAY,
        ),
        "promotion-place": PromotionPlace.objects.create(
            force=force, person=person, rank=boards.posts["B-1"].rank, standing="pool", during=since
        ),
        "travel-time": travel_time_create(
            origin=force.locations.exclude(pk=there.pk).first(), destination=there, minutes=25
        ),
    }
