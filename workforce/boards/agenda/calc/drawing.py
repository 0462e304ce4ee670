"""The items of an agenda, drawn from what is known of a force on the pack day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from workforce.boards.agenda.calc.kinds import ItemKey, Raised
from workforce.boards.agenda.calc.projected import ProjectedCell, ProjectedGap, projected_gap
from workforce.boards.agenda.calc.words import counted, fte_words, gap_words
from workforce.establishment.calc import ACTING_LIMIT_DAYS, CellKey, GapCell, Vacancy


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """From when a fact is worth the board's time."""

    gap_fte: Decimal
    vacancy_days: int
    temporary_days: int = 365
    # A gap projected until `projected_until` with at least this chance of more than this FTE.
    projected_gap_fte: Decimal = Decimal(2)
    projected_chance: float = 0.5
    projected_until: date = date.max


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
class EndingSecondment:
    """A secondment that ends: into a post of this cell, or out, of somebody whose own post is in it."""

    key: CellKey
    reference: str
    host: str
    ends_before: date
    is_in: bool


@dataclass(frozen=True, kw_only=True)
class Reason:
    """A reason that is known in words: a decision that is late, a skill short, a matter of another room."""

    key: ItemKey
    title: str
    raised: Raised
    sentence: str


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
    # Those on temporary promotion and since how many days, whether long or not.
    temporary: Iterable[ActingPost] = ()
    secondments: Iterable[EndingSecondment] = ()
    projected: Iterable[ProjectedCell] = ()
    reasons: Iterable[Reason] = ()


@dataclass(kw_only=True)
class DrawnItem:
    """One item as the figures give it. Whole units and earlier items have none: gaps are not netted."""

    key: ItemKey
    title: str
    establishment_fte: Decimal | None = None
    strength_fte: Decimal | None = None
    vacant_fte: Decimal | None = None
    vacant_posts: int | None = None
    longest_vacant_days: int | None = None
    acting_past_limit: int | None = None
    funding_ends_on: date | None = None
    projected: ProjectedGap | None = None
    raised_by: list[Raised] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)

    @property
    def gap_fte(self) -> Decimal | None:
        if self.establishment_fte is None or self.strength_fte is None:
            return None
        return self.establishment_fte - self.strength_fte

    @property
    def width(self) -> Decimal | None:
        """The widest of its gap now, whichever its direction, and the shortage projected."""
        ahead = self.projected.p50 if self.projected else Decimal(0)
        return None if self.gap_fte is None else max(abs(self.gap_fte), ahead)

    @property
    def reason(self) -> str:
        return " ".join(self.sentences)

    def raise_for(self, why: Raised, sentence: str) -> None:
        if why not in self.raised_by:
            self.raised_by.append(why)
        self.sentences.append(sentence)


def figures_by_cell(facts: Facts) -> dict[CellKey, DrawnItem]:
    """Every cell that has posts or people, with its figures and no reason yet."""
    items = {key: _cell_item(key, cell.label, cell.establishment_fte) for key, cell in facts.cells.items()}
    for gap in facts.gaps:
        items[gap.key] = _cell_item(
            gap.key, gap.label, gap.figures.establishment_fte, gap.figures.strength_fte
        )
    for vacancy in facts.vacancies:
        item = items[vacancy.key]
        item.vacant_fte = (item.vacant_fte or Decimal(0)) + vacancy.vacant_fte
        item.vacant_posts = (item.vacant_posts or 0) + 1
        item.longest_vacant_days = max(item.longest_vacant_days or 0, vacancy.age_days)
    return items


def _cell_item(
    key: CellKey, title: str, establishment: Decimal, strength: Decimal | None = None
) -> DrawnItem:
    return DrawnItem(
        key=key,
        title=title,
        establishment_fte=establishment,
        strength_fte=establishment if strength is None else strength,
        vacant_fte=Decimal(0),
        vacant_posts=0,
        acting_past_limit=0,
    )


def draw_up(facts: Facts, thresholds: Thresholds) -> list[DrawnItem]:
    """Items that the figures raise, one for each cell or unit with all its reasons, in the order of Raised.

    The widest gap is first, now or projected, whichever its direction, then by name; items without figures
    are last.
    """
    items: dict[ItemKey, DrawnItem] = {}
    items.update(figures_by_cell(facts).items())
    _raise_said(items, [each for each in facts.reasons if each.raised is Raised.LATE])
    _raise_gaps(items, thresholds)
    _raise_projected(items, facts.projected, thresholds)
    _raise_vacancies(items, facts.vacancies, thresholds)
    _raise_acting(items, facts.acting)
    _raise_temporary(items, facts.temporary, thresholds)
    _raise_funding(items, facts.funding)
    _raise_secondments(items, facts.secondments)
    order = list(Raised)
    said = [each for each in facts.reasons if each.raised is not Raised.LATE]
    _raise_said(items, sorted(said, key=lambda each: order.index(each.raised)))
    raised = (item for item in items.values() if item.raised_by)
    return sorted(raised, key=lambda item: (item.width is None, -(item.width or 0), item.title))


def _raise_said(items: dict[ItemKey, DrawnItem], reasons: Iterable[Reason]) -> None:
    for reason in reasons:
        if isinstance(reason.key, CellKey):
            items.setdefault(reason.key, _cell_item(reason.key, reason.title, Decimal(0)))
        else:
            items.setdefault(reason.key, DrawnItem(key=reason.key, title=reason.title))
        items[reason.key].raise_for(reason.raised, reason.sentence)


def _raise_gaps(items: Mapping[ItemKey, DrawnItem], thresholds: Thresholds) -> None:
    for item in items.values():
        if item.gap_fte is None or item.establishment_fte is None or item.strength_fte is None:
            continue
        if abs(item.gap_fte) >= thresholds.gap_fte:
            item.raise_for(
                Raised.GAP,
                f"{gap_words(item.gap_fte)}: posts of {fte_words(item.establishment_fte)}, "
                f"strength of {fte_words(item.strength_fte)}.",
            )


def _raise_projected(
    items: dict[ItemKey, DrawnItem], projected: Iterable[ProjectedCell], thresholds: Thresholds
) -> None:
    for cell in projected:
        found = projected_gap(
            cell,
            threshold=thresholds.projected_gap_fte,
            chance=thresholds.projected_chance,
            until=thresholds.projected_until,
        )
        if found is None:
            continue
        # A cell without posts or people today may have them by then.
        item = items.setdefault(cell.key, _cell_item(cell.key, cell.label, Decimal(0)))
        item.projected = found
        if found.chance >= Decimal(str(thresholds.projected_chance)):
            item.raise_for(Raised.PROJECTED, found.sentence)


def _raise_vacancies(
    items: Mapping[ItemKey, DrawnItem], vacancies: Iterable[Vacancy], thresholds: Thresholds
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


def _raise_acting(items: Mapping[ItemKey, DrawnItem], acting: Iterable[ActingPost]) -> None:
    for key, found in _by_cell(acting).items():
        longest = max(found, key=lambda spell: spell.days)
        items[key].acting_past_limit = len(found)
        items[key].raise_for(
            Raised.ACTING,
            f"{counted(len(found), 'person has', 'people have')} acted for more than {ACTING_LIMIT_DAYS} "
            f"days, the longest in post {longest.reference} for {longest.days}: temporary promotion is due.",
        )


def _raise_temporary(
    items: Mapping[ItemKey, DrawnItem], temporary: Iterable[ActingPost], thresholds: Thresholds
) -> None:
    long = [spell for spell in temporary if spell.days > thresholds.temporary_days]
    for key, found in _by_cell(long).items():
        longest = max(found, key=lambda spell: spell.days)
        items[key].raise_for(
            Raised.TEMPORARY,
            f"{counted(len(found), 'person is', 'people are')} on temporary promotion for more than "
            f"{thresholds.temporary_days} days, the longest in post {longest.reference} for {longest.days}.",
        )


def _raise_funding(items: Mapping[ItemKey, DrawnItem], funding: Iterable[EndingFunding]) -> None:
    for ending in sorted(funding, key=lambda each: (each.ends_on, each.funding)):
        item = items[ending.key]
        if item.funding_ends_on is None:
            item.funding_ends_on = ending.ends_on
        item.raise_for(
            Raised.FUNDING,
            f"{ending.funding} ends on {ending.ends_on:%-d %B %Y}: it pays "
            f"{counted(ending.posts, 'post', 'posts')} ({fte_words(ending.fte)} FTE).",
        )


def _raise_secondments(items: dict[ItemKey, DrawnItem], secondments: Iterable[EndingSecondment]) -> None:
    ordered = sorted(secondments, key=lambda each: (each.ends_before, each.reference))
    for is_in in (True, False):
        found: dict[CellKey, list[EndingSecondment]] = {}
        for each in ordered:
            if each.is_in == is_in:
                found.setdefault(each.key, []).append(each)
        for key, ending in found.items():
            first = ending[0]
            post = f"post {first.reference}"
            where = f"from {first.host} into {post}" if is_in else f"from {post} to {first.host}"
            then = "the post falls vacant" if is_in else "its holder comes back"
            which = "A secondment" if len(ending) == 1 else f"{len(ending)} secondments end, the first"
            items[key].raise_for(
                Raised.SECONDMENT,
                f"{which} {where}{' ends' if len(ending) == 1 else ''} before "
                f"{first.ends_before:%-d %B %Y}: {then}.",
            )


def _by_cell(spells: Iterable[ActingPost]) -> dict[CellKey, list[ActingPost]]:
    found: dict[CellKey, list[ActingPost]] = {}
    for spell in spells:
        found.setdefault(spell.key, []).append(spell)
    return found
