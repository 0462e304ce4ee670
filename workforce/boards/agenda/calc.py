"""Which gaps come before a board, and why, in words. No database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from workforce.establishment.calc import ACTING_LIMIT_DAYS, CellKey, GapCell, Vacancy


class Raised(StrEnum):
    """What put an item on the agenda."""

    LATE = "late"
    GAP = "gap"
    PROJECTED = "projected"
    VACANCY = "vacancy"
    ACTING = "acting"
    TEMPORARY = "temporary"
    FUNDING = "funding"
    SECONDMENT = "secondment"
    SKILL = "skill"
    OVERTIME = "overtime"
    LEAVE = "leave"
    CASE = "case"
    MATTER = "matter"
    HAND = "hand"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Raised.LATE: "Late from last time",
    Raised.GAP: "Gap",
    Raised.PROJECTED: "Projected gap",
    Raised.VACANCY: "Long vacancy",
    Raised.ACTING: "Acting past the limit",
    Raised.TEMPORARY: "Long temporary promotion",
    Raised.FUNDING: "Funding ends",
    Raised.SECONDMENT: "Secondment ends",
    Raised.SKILL: "Skill short",
    Raised.OVERTIME: "Overtime pressure",
    Raised.LEAVE: "Leave pressure",
    Raised.CASE: "Business case approved",
    Raised.MATTER: "Matter raised",
    Raised.HAND: "Added by hand",
}

# What other rooms may raise by `matter_raise`; the rest follows from the records themselves.
MATTER_KINDS = (Raised.SKILL, Raised.OVERTIME, Raised.LEAVE, Raised.CASE, Raised.MATTER)


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """From when a fact is worth the board's time."""

    gap_fte: Decimal
    vacancy_days: int


@dataclass(frozen=True, kw_only=True)
class CellFacts:
    """A cell and the FTE of its posts on the pack day, with the words to show it by."""

    key: CellKey
    label: str
    establishment_fte: Decimal


@dataclass(frozen=True, kw_only=True)
class ActingPost:
    """Someone acting longer than the allowance lasts, in a post of this cell."""

    key: CellKey
    reference: str
    days: int


@dataclass(frozen=True, kw_only=True)
class EndingFunding:
    """Posts of one cell paid from one source that ends."""

    key: CellKey
    funding: str
    ends_on: date
    posts: int
    fte: Decimal


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of a force on the pack day."""

    cells: Mapping[CellKey, CellFacts]
    gaps: Iterable[GapCell]
    vacancies: Iterable[Vacancy]
    acting: Iterable[ActingPost]
    funding: Iterable[EndingFunding]


@dataclass(kw_only=True)
class DrawnItem:
    """One item as the figures give it."""

    key: CellKey
    title: str
    establishment_fte: Decimal
    strength_fte: Decimal
    vacant_fte: Decimal = Decimal(0)
    vacant_posts: int = 0
    longest_vacant_days: int | None = None
    acting_past_limit: int = 0
    funding_ends_on: date | None = None
    raised_by: list[Raised] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)

    @property
    def gap_fte(self) -> Decimal:
        return self.establishment_fte - self.strength_fte

    @property
    def reason(self) -> str:
        return " ".join(self.sentences)

    def raise_for(self, why: Raised, sentence: str) -> None:
        self.raised_by.append(why)
        self.sentences.append(sentence)


def fte_words(value: Decimal) -> str:
    """FTE as sentences say it, with one or two decimals: 6 -> '6.0', 13.6479 -> '13.65'."""
    text = f"{value.quantize(Decimal('0.01'), rounding=ROUND_HALF_UP):f}"
    return text.removesuffix("0")


def counted(number: int, singular: str, plural: str) -> str:
    return f"{number} {singular if number == 1 else plural}"


def gap_words(gap: Decimal) -> str:
    """'6.0 FTE under establishment', '3.0 FTE over establishment', 'at establishment'."""
    if not gap:
        return "at establishment"
    return f"{fte_words(abs(gap))} FTE {'under' if gap > 0 else 'over'} establishment"


def figures_by_cell(facts: Facts) -> dict[CellKey, DrawnItem]:
    """Every cell that has posts or people, with its figures and no reason yet."""
    items = {
        key: DrawnItem(
            key=key,
            title=cell.label,
            establishment_fte=cell.establishment_fte,
            strength_fte=cell.establishment_fte,
        )
        for key, cell in facts.cells.items()
    }
    for gap in facts.gaps:
        items[gap.key] = DrawnItem(
            key=gap.key,
            title=gap.label,
            establishment_fte=gap.figures.establishment_fte,
            strength_fte=gap.figures.strength_fte,
        )
    for vacancy in facts.vacancies:
        item = items[vacancy.key]
        item.vacant_fte += vacancy.vacant_fte
        item.vacant_posts += 1
        item.longest_vacant_days = max(item.longest_vacant_days or 0, vacancy.age_days)
    return items


def draw_up(facts: Facts, thresholds: Thresholds) -> list[DrawnItem]:
    """Items that the figures raise: the widest gap first, whichever its direction, then by name."""
    items = figures_by_cell(facts)
    _raise_gaps(items, thresholds)
    _raise_vacancies(items, facts.vacancies, thresholds)
    _raise_acting(items, facts.acting)
    _raise_funding(items, facts.funding)
    return sorted(
        (item for item in items.values() if item.raised_by), key=lambda item: (-abs(item.gap_fte), item.title)
    )


def _raise_gaps(items: Mapping[CellKey, DrawnItem], thresholds: Thresholds) -> None:
    for item in items.values():
        if abs(item.gap_fte) >= thresholds.gap_fte:
            item.raise_for(
                Raised.GAP,
                f"{gap_words(item.gap_fte)}: posts of {fte_words(item.establishment_fte)}, "
                f"strength of {fte_words(item.strength_fte)}.",
            )


def _raise_vacancies(
    items: Mapping[CellKey, DrawnItem], vacancies: Iterable[Vacancy], thresholds: Thresholds
) -> None:
    long_vacant: dict[CellKey, list[Vacancy]] = {}
    for vacancy in vacancies:
        # A remnant beside a part-time holder is no vacant post: it counts in the gap alone.
        if not vacancy.is_part and vacancy.age_days > thresholds.vacancy_days:
            long_vacant.setdefault(vacancy.key, []).append(vacancy)
    for key, found in long_vacant.items():
        longest = max(found, key=lambda vacancy: vacancy.age_days)
        count = counted(len(found), "post", "posts")
        longest_words = (
            f"post {longest.reference} for {longest.age_days} days"
            if len(found) == 1
            else f"{count}, the longest {longest.reference} for {longest.age_days} days"
        )
        items[key].raise_for(
            Raised.VACANCY, f"Vacant for more than {thresholds.vacancy_days} days: {longest_words}."
        )


def _raise_acting(items: Mapping[CellKey, DrawnItem], acting: Iterable[ActingPost]) -> None:
    spells: dict[CellKey, list[ActingPost]] = {}
    for spell in acting:
        spells.setdefault(spell.key, []).append(spell)
    for key, found in spells.items():
        longest = max(found, key=lambda spell: spell.days)
        items[key].acting_past_limit = len(found)
        items[key].raise_for(
            Raised.ACTING,
            f"{counted(len(found), 'person has', 'people have')} acted for more than {ACTING_LIMIT_DAYS} "
            f"days, the longest in post {longest.reference} for {longest.days}: temporary promotion is due.",
        )


def _raise_funding(items: Mapping[CellKey, DrawnItem], funding: Iterable[EndingFunding]) -> None:
    for ending in sorted(funding, key=lambda each: (each.ends_on, each.funding)):
        item = items[ending.key]
        if item.funding_ends_on is None:
            item.funding_ends_on = ending.ends_on
        sentence = (
            f"{ending.funding} ends on {ending.ends_on:%-d %B %Y}: it pays "
            f"{counted(ending.posts, 'post', 'posts')} ({fte_words(ending.fte)} FTE)."
        )
        if Raised.FUNDING in item.raised_by:
            item.sentences.append(sentence)
        else:
            item.raise_for(Raised.FUNDING, sentence)
