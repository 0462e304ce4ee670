"""Reads of what the figures of a day raise for a board."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Count, F, OuterRef, Subquery, Sum

from peelsite.forces.models import Force, Unit
from workforce.boards.agenda.calc import (
    ActingPost,
    CellFacts,
    DrawnItem,
    EarlierItem,
    EndingFunding,
    EndingSecondment,
    Facts,
    ItemKey,
    ProjectedCell,
    ProjectedMonth,
    Raised,
    Reason,
    Thresholds,
    UnitKey,
    figures_by_cell,
    skills_words,
)
from workforce.boards.agenda.models import Matter
from workforce.boards.decisions.calc import Followed, day_words, decision_sentence, late_sentence
from workforce.boards.decisions.models import Decision
from workforce.boards.decisions.selectors import words_of
from workforce.boards.meetings.calc import months_after
from workforce.boards.meetings.models import Board, BoardSeries
from workforce.establishment.calc import CellKey
from workforce.establishment.models import Post
from workforce.establishment.reports import acting_past_limit
from workforce.establishment.selectors import gaps_by_cell, vacancies_as_at
from workforce.people.models import Posting, PostingKind
from workforce.projection.selectors import OutlookLine, outlook_of
from workforce.skills.models import SkillRequirement
from workforce.skills.selectors import Shortage, shortages

_CELL = ("rank_id", "role_id", "location_id", "unit_id")
_LABELS = ("rank__name", "role__name", "location__name", "unit__name")

# A late decision with what is recorded of it.
Late = tuple[Decision, Followed]


def cell_figures(series: BoardSeries, day: date) -> dict[CellKey, DrawnItem]:
    """Figures of every cell with posts or people on a day. Four queries."""
    return figures_by_cell(_figures_at(series.force, day))


def thresholds_of(series: BoardSeries, day: date) -> Thresholds:
    return Thresholds(
        gap_fte=series.gap_threshold_fte,
        vacancy_days=series.vacancy_days,
        temporary_days=series.temporary_days,
        projected_gap_fte=series.projected_gap_fte,
        projected_chance=series.projected_chance / 100,
        projected_until=months_after(day, series.projection_months),
    )


def facts_of(board: Board, late: Sequence[Late]) -> Facts:
    """What an agenda is drawn from on its pack day, with the decisions that are late then.

    About thirty queries, whatever the size of the force: figures, a projection, skills and matters.
    """
    force, series, day = board.force, board.series, board.pack_on
    figures = _figures_at(force, day)
    return Facts(
        cells=figures.cells,
        gaps=figures.gaps,
        vacancies=figures.vacancies,
        acting=_acting(force, day),
        temporary=_temporary(force, day),
        funding=_ending_funding(force, day, months_after(day, series.funding_months)),
        secondments=_secondments(force, day, months_after(day, series.secondment_months)),
        projected=_projected(force, day),
        reasons=[
            *_late_reasons(late, day),
            *_skill_reasons(force, day, months_after(day, series.projection_months)),
            *_matter_reasons(force, day),
        ],
    )


def key_of_late(decision: Decision) -> ItemKey:
    """What a late decision comes back under: its cell or unit, else the item that it was taken on first."""
    item = decision.item
    return item.key or EarlierItem(item.pk)


def _figures_at(force: Force, day: date) -> Facts:
    return Facts(
        cells=_cells(force, day),
        gaps=gaps_by_cell(force, day),
        vacancies=vacancies_as_at(force, day),
        acting=(),
        funding=(),
    )


def _cells(force: Force, day: date) -> dict[CellKey, CellFacts]:
    rows = (
        Post.objects.of_force(force)
        .as_at(day)
        .order_by()
        .values(*_CELL, *_LABELS)
        .annotate(establishment_fte=Sum("fte"))
    )
    return {
        _key(row): CellFacts(
            key=_key(row),
            label=", ".join(row[name] for name in _LABELS),
            establishment_fte=row["establishment_fte"],
        )
        for row in rows
    }


def _acting(force: Force, day: date) -> list[ActingPost]:
    spells = acting_past_limit(force, day)
    cells = {
        row["pk"]: _key(row)
        for row in Post.objects.filter(pk__in=[spell.post_id for spell in spells]).values("pk", *_CELL)
    }
    return [
        ActingPost(key=cells[spell.post_id], reference=spell.reference, days=spell.days) for spell in spells
    ]


def _temporary(force: Force, day: date) -> list[ActingPost]:
    """Everyone on temporary promotion, with the days of the posting up to and with the day. One query."""
    rows = (
        Posting.objects.of_force(force)
        .as_at(day)
        .filter(kind=PostingKind.TEMPORARY)
        .order_by("pk")
        .values("post__reference", "during", *(f"post__{name}" for name in _CELL))
    )
    return [
        ActingPost(
            key=_key(row, "post__"),
            reference=row["post__reference"],
            days=(day - row["during"].lower).days + 1,
        )
        for row in rows
    ]


def _secondments(force: Force, day: date, until: date) -> Iterator[EndingSecondment]:
    """Secondments into a post, and out from one's own post, that end up to a day. Two queries."""
    ending = Posting.objects.of_force(force).as_at(day).filter(during__endswith__lte=until)
    seconded_in = ending.filter(kind=PostingKind.SECONDED_IN).annotate(own_post=F("post_id"))
    own = Posting.objects.as_at(day).filter(person=OuterRef("person"), is_away=False)
    seconded_out = ending.filter(kind=PostingKind.SECONDED_OUT).annotate(
        own_post=Subquery(own.values("post")[:1])
    )
    rows = [
        row
        for postings in (seconded_in, seconded_out)
        for row in postings.order_by("pk").values("kind", "host", "during", "own_post")
    ]
    posts = Post.objects.filter(pk__in=[row["own_post"] for row in rows]).values("pk", "reference", *_CELL)
    by_post = {row["pk"]: row for row in posts} if rows else {}
    for row in rows:
        if row["own_post"] in by_post:
            post = by_post[row["own_post"]]
            yield EndingSecondment(
                key=_key(post),
                reference=post["reference"],
                host=row["host"],
                ends_before=row["during"].upper,
                is_in=row["kind"] == PostingKind.SECONDED_IN,
            )


def _projected(force: Force, day: date) -> list[ProjectedCell]:
    """Every cell of the newest projection from the day or before; none where there is no projection."""
    outlook = outlook_of(force, day)
    return [] if outlook is None else [_months_of(key, line, day) for key, line in outlook.cells.items()]


def _months_of(key: CellKey, line: OutlookLine, day: date) -> ProjectedCell:
    return ProjectedCell(
        key=key,
        label=line.label,
        threshold=line.threshold,
        months=[
            ProjectedMonth(
                on=on,
                p10=float(line.gap.p10[month]),
                p50=float(line.gap.p50[month]),
                p90=float(line.gap.p90[month]),
                mean=float(line.gap.mean[month]),
                chance=float(line.chance[month]),
            )
            for month, on in enumerate(line.days)
            if on > day
        ],
    )


def _late_reasons(late: Sequence[Late], day: date) -> Iterator[Reason]:
    for decision, followed in late:
        yield Reason(
            key=key_of_late(decision),
            title=decision.item.title,
            raised=Raised.LATE,
            sentence=f"From the board of {day_words(decision.item.board.held_on)}: "
            f"{decision_sentence(words_of(decision))} {late_sentence(followed, day)}",
        )


def _skill_reasons(force: Force, day: date, on: date) -> Iterator[Reason]:
    """A department that is short of skills by `on`, those who leave until then counted.

    What expires is taken as renewed: refresher courses are run without a board, and would raise every unit.
    """
    if not SkillRequirement.objects.of_force(force).exists():
        return
    by_unit: dict[Unit, list[Shortage]] = defaultdict(list)
    for shortage in shortages(force, day, on, renewed=True):
        by_unit[shortage.unit].append(shortage)
    for unit, short in by_unit.items():
        yield Reason(
            key=UnitKey(unit.pk),
            title=unit.name,
            raised=Raised.SKILL,
            sentence=skills_words(on, [(each.skill.name, each.held, each.required) for each in short]),
        )


def _matter_reasons(force: Force, day: date) -> Iterator[Reason]:
    for matter in Matter.objects.of_force(force).open_at(day).with_cell():
        yield Reason(key=matter.key, title=matter.place, raised=Raised(matter.kind), sentence=matter.reason)


def _ending_funding(force: Force, day: date, until: date) -> Sequence[EndingFunding]:
    rows = (
        Post.objects.of_force(force)
        .as_at(day)
        .filter(funding__ends_on__gte=day, funding__ends_on__lte=until)
        .order_by()
        .values(*_CELL, "funding__name", "funding__ends_on")
        .annotate(posts=Count("pk"), total=Sum("fte"))
    )
    return [
        EndingFunding(
            key=_key(row),
            funding=row["funding__name"],
            ends_on=row["funding__ends_on"],
            posts=row["posts"],
            fte=row["total"],
        )
        for row in rows
    ]


def _key(row: dict, prefix: str = "") -> CellKey:
    return CellKey(**{name: row[f"{prefix}{name}"] for name in _CELL})
