"""A line of a projection in an address, the rows that stand behind it, and what drives it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from peelsite.forces.models import Force, Unit
from workforce.establishment.calc import CellKey
from workforce.establishment.models import Post
from workforce.people.models import Person, Posting
from workforce.projection.calc.inputs import FORCE_LINE, LineKey, LineKind
from workforce.projection.calc.results import LEAVER_FLOWS, Flow
from workforce.projection.models import IntakePlace, PlannedChange, PromotionPool
from workforce.projection.selectors.outlook import OutlookLine

PLACE = "place"


def slug_of(key: LineKey) -> str:
    """'force', 'category-officer', 'rank-3', 'unit-12', 'place-3-4-5', 'cell-3-4-5-12'."""
    if key.kind is LineKind.FORCE:
        return "force"
    if isinstance(key.of, CellKey):
        cell = key.of
        return f"cell-{cell.rank_id}-{cell.role_id}-{cell.location_id}-{cell.unit_id}"
    if key.kind is LineKind.RANK_ROLE_LOCATION:
        return "-".join([PLACE, *map(str, key.of)])
    return f"{key.kind.value}-{key.of}"


def key_from(slug: str) -> LineKey | None:
    """The line of such an address, none where it is none."""
    name, *parts = slug.split("-")
    if slug == "force":
        return FORCE_LINE
    if name == LineKind.CATEGORY and len(parts) == 1:
        return LineKey(LineKind.CATEGORY, parts[0])
    if not all(part.isascii() and part.isdigit() for part in parts):
        return None
    ids = tuple(int(part) for part in parts)
    if name in (LineKind.RANK, LineKind.UNIT) and len(ids) == 1:
        return LineKey(LineKind(name), ids[0])
    if name == PLACE and len(ids) == 3:
        return LineKey(LineKind.RANK_ROLE_LOCATION, ids)
    if name == LineKind.CELL and len(ids) == 4:
        names = ("rank_id", "role_id", "location_id", "unit_id")
        return LineKey(LineKind.CELL, CellKey(**dict(zip(names, ids, strict=True))))
    return None


def in_line(key: LineKey, prefix: str = "", *, rank: str = "rank") -> Q:
    """The condition that a row's post, cell or place belongs to a line. `rank` is where its rank stands."""
    if key.kind is LineKind.FORCE:
        return Q()
    if key.kind is LineKind.CATEGORY:
        return Q(**{f"{prefix}{rank}__category": key.of})
    if key.kind is LineKind.RANK:
        return Q(**{f"{prefix}{rank}_id": key.of})
    if key.kind is LineKind.UNIT:
        below = Unit.objects.filter(path__contains=f"/{key.of}/")
        return Q(**{f"{prefix}unit__in": below})
    if isinstance(key.of, CellKey):
        ids = {"role": key.of.role_id, "location": key.of.location_id, "unit": key.of.unit_id}
        of_rank = key.of.rank_id
    else:
        of_rank, role, location = key.of
        ids = {"role": role, "location": location}
    return Q(**{f"{prefix}{rank}_id": of_rank}, **{f"{prefix}{name}_id": pk for name, pk in ids.items()})


@dataclass(frozen=True, kw_only=True)
class RowsBehind:
    """What is recorded and planned of one line between the as-at day and the last month."""

    leaving: QuerySet[Person]
    starting: QuerySet[Post]
    ending: QuerySet[Post]
    places: QuerySet[IntakePlace]
    pools: QuerySet[PromotionPool]
    changes: QuerySet[PlannedChange]


def rows_behind(force: Force, key: LineKey, days: Sequence[date]) -> RowsBehind:
    """Querysets, none read yet. People who leave are those counted in the line on the as-at day."""
    first, last = days[0], days[-1]
    counted = Posting.objects.of_force(force).counted_at(first).filter(in_line(key, "post__"))
    posts = Post.objects.of_force(force).filter(in_line(key)).with_labels()
    from_line = Q(from_rank__isnull=False) & in_side(key, "from")
    to_line = Q(to_rank__isnull=False) & in_side(key, "to")
    pools = PromotionPool.objects.of_force(force).select_related("rank")
    if key.kind is LineKind.CATEGORY:
        pools = pools.filter(rank__category=key.of)
    elif key.kind not in (LineKind.FORCE, LineKind.UNIT):
        of_rank = key.of if key.kind is LineKind.RANK else _rank_in(key)
        pools = pools.filter(rank=of_rank)
    return RowsBehind(
        leaving=Person.objects.of_force(force)
        .filter(
            employed__endswith__gt=first,
            employed__endswith__lte=last,
            pk__in=counted.values("person"),
        )
        .order_by("employed__endswith", "pk"),
        starting=posts.filter(during__startswith__gt=first, during__startswith__lte=last).order_by(
            "during__startswith", "reference"
        ),
        ending=posts.filter(during__endswith__gt=first, during__endswith__lte=last).order_by(
            "during__endswith", "reference"
        ),
        places=IntakePlace.objects.of_force(force)
        .filter(in_line(key, rank="intake__rank"), intake__starts_on__gt=first, intake__starts_on__lte=last)
        .select_related("intake", "role", "location", "unit")
        .order_by("intake__starts_on", "pk"),
        pools=pools,
        changes=PlannedChange.objects.of_force(force)
        .planned()
        .filter(from_line | to_line, on_day__lte=last)
        .with_labels(),
    )


def in_side(key: LineKey, side: str) -> Q:
    """The same for the cell of one side of a planned change."""
    if key.kind is LineKind.FORCE:
        return Q()
    if key.kind is LineKind.CATEGORY:
        return Q(**{f"{side}_rank__category": key.of})
    if key.kind is LineKind.UNIT:
        return Q(**{f"{side}_unit__path__contains": f"/{key.of}/"})
    if key.kind is LineKind.RANK:
        return Q(**{f"{side}_rank_id": key.of})
    names = ("rank", "role", "location", "unit")
    ids = (
        (key.of.rank_id, key.of.role_id, key.of.location_id, key.of.unit_id)
        if isinstance(key.of, CellKey)
        else key.of
    )
    return Q(**{f"{side}_{name}_id": pk for name, pk in zip(names, ids, strict=False)})


def _rank_in(key: LineKey) -> Any:
    return key.of.rank_id if isinstance(key.of, CellKey) else key.of[0]


@dataclass(frozen=True, kw_only=True)
class Driver:
    """One reason why the mean gap changes: FTE, above nought widens it."""

    label: str
    effect: float
    # What it is made of, each (label, effect), largest first.
    parts: tuple[tuple[str, float], ...] = ()


FLOW_LABELS = {
    Flow.RESIGNED: "Resignations",
    Flow.RETIRED: "Retirements",
    Flow.MEDICAL: "Medical retirements",
    Flow.TRANSFERRED: "Transfers to other forces",
    Flow.DISMISSED: "Dismissals",
    Flow.REDUNDANT: "Redundancies and contracts ended",
    Flow.DIED: "Deaths",
    Flow.SECONDMENT_ENDED: "Secondments in that end",
    Flow.JOINED: "Intakes",
    Flow.RECRUITED: "Recruited to single vacancies",
    Flow.PROMOTED_IN: "Promoted in",
    Flow.PROMOTED_OUT: "Promoted out",
    Flow.TRAINED_IN: "Posted after training",
    Flow.TRAINED_OUT: "Training over",
    Flow.HOME_IN: "Back from acting or attachment",
    Flow.HOME_OUT: "Acting or attachment over",
    Flow.RETURNED: "Back from secondments out",
    Flow.MOVED_IN: "Planned moves in",
    Flow.MOVED_OUT: "Planned moves out",
    Flow.PLANNED_JOINED: "Planned joiners",
    Flow.PLANNED_LEFT: "Planned leavers",
}
_GROUPS = (
    ("Leavers", (*LEAVER_FLOWS, Flow.PLANNED_LEFT)),
    ("Intakes and planned joiners", (Flow.JOINED, Flow.PLANNED_JOINED)),
    ("Recruited to single vacancies", (Flow.RECRUITED,)),
    ("Promotions", (Flow.PROMOTED_IN, Flow.PROMOTED_OUT)),
    (
        "Moves, acting and attachments",
        (
            Flow.MOVED_IN,
            Flow.MOVED_OUT,
            Flow.HOME_IN,
            Flow.HOME_OUT,
            Flow.TRAINED_IN,
            Flow.TRAINED_OUT,
        ),
    ),
    ("Back from secondments out", (Flow.RETURNED,)),
)
LEAST_SHOWN = 0.05


def drivers_of(line: OutlookLine, months: int) -> tuple[Driver, ...]:
    """Why the mean gap in `months` is not today's: the effects add up to the change, to a rounding.

    Means, as these add up and medians do not. Those below 0.05 FTE are left out unless they are all there is.
    """
    posts = float(line.establishment[months] - line.establishment[0])
    found = [Driver(label="Posts that start or end", effect=posts)]
    for label, flows in _GROUPS:
        parts = [
            (FLOW_LABELS[flow], -float(line.flows[flow][1 : months + 1].sum()))
            for flow in flows
            if flow in line.flows
        ]
        if parts:
            parts.sort(key=lambda part: -abs(part[1]))
            found.append(
                Driver(
                    label=label,
                    effect=sum(effect for _, effect in parts),
                    parts=tuple(parts) if len(parts) > 1 else (),
                )
            )
    return tuple(
        driver
        for driver in found
        if abs(driver.effect) >= LEAST_SHOWN or any(abs(effect) >= LEAST_SHOWN for _, effect in driver.parts)
    )
