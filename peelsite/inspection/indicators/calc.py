"""The catalogue of indicators and their arithmetic, on unrounded values."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


class Unit(StrEnum):
    FTE = "FTE"
    PERCENT = "per cent"
    POSTS = "posts"
    PEOPLE = "people"
    DAYS = "days"
    ACTIONS = "actions"


class Question(StrEnum):
    """The inspection's questions of 2016, in our words."""

    CURRENT_DEMAND = "Are resources matched to current demand?"
    FUTURE = "Is the force planning for future demand?"


@dataclass(frozen=True)
class Indicator:
    """What a figure is: enough for a reader to recompute it. `compared` marks those held for every force."""

    code: str
    name: str
    unit: Unit
    definition: str
    numerator: str
    denominator: str
    question: Question
    compared: bool = False
    is_change: bool = False


@dataclass(frozen=True)
class IndicatorValue:
    """One indicator of one force. `value` is unrounded, None with the reason in `missing` when there is
    none.
    """

    indicator: Indicator
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    as_at: date
    base_on: date | None = None
    missing: str = ""

    @property
    def shown(self) -> str:
        """The figure as people read it, rounded half up once: '56.8%', '1,928.7', '12', 'not held'."""
        return shown(self.indicator.unit, self.value)


PLACES = {Unit.FTE: 1, Unit.PERCENT: 1}


def shown(unit: Unit, value: Decimal | float | None) -> str:
    """A value in its unit, rounded half up once."""
    if value is None:
        return "not held"
    exact = Decimal(str(value)) * (100 if unit is Unit.PERCENT else 1)
    rounded = exact.quantize(Decimal(1).scaleb(-PLACES.get(unit, 0)), ROUND_HALF_UP)
    # A small negative that rounds to nothing is nothing, not minus nothing.
    sign = "\N{MINUS SIGN}" if rounded < 0 else ""
    return f"{sign}{abs(rounded):,}{'%' if unit is Unit.PERCENT else ''}"


_WORKFORCE = "officers, staff (with section 38 designated officers) and PCSOs in FTE"
_TYPES = {
    "officers": ("Police officers", "officers"),
    "staff": ("Police staff", "staff, with section 38 designated officers and without section 39"),
    "pcsos": ("PCSOs", "police community support officers"),
    "total": ("Workforce", _WORKFORCE),
}


def _fte_indicators() -> list[Indicator]:
    return [
        Indicator(
            code=f"workforce_{key}_fte",
            name=f"{name} (FTE)",
            unit=Unit.FTE,
            definition=(
                f"Strength in FTE of {words} on the day. People on career break, long-term absence or "
                "seconded in are counted, as in the Home Office return; people seconded out are not."
            ),
            numerator=words,
            denominator="",
            question=Question.CURRENT_DEMAND,
        )
        for key, (name, words) in _TYPES.items()
    ]


def _share_indicators() -> list[Indicator]:
    return [
        Indicator(
            code=f"workforce_{key}_share",
            name=f"{name} as a share of the workforce",
            unit=Unit.PERCENT,
            definition=f"FTE of {words} as a percentage of the whole workforce on the same day.",
            numerator=words,
            denominator=_WORKFORCE,
            question=Question.CURRENT_DEMAND,
            compared=True,
        )
        for key, (name, words) in _TYPES.items()
        if key != "total"
    ]


def _change_indicators() -> list[Indicator]:
    return [
        Indicator(
            code=f"workforce_{key}_change",
            name=f"Change in {name if name.isupper() or name == 'PCSOs' else name.lower()}",
            unit=Unit.PERCENT,
            definition=f"Change in the FTE of {words} since the base day, as a percentage of the FTE then.",
            numerator="FTE on the day less FTE on the base day",
            denominator="FTE on the base day",
            question=Question.FUTURE,
            compared=True,
            is_change=True,
        )
        for key, (name, words) in _TYPES.items()
    ]


_ESTABLISHMENT = [
    Indicator(
        code="establishment_fte",
        name="Establishment (FTE)",
        unit=Unit.FTE,
        definition="Sum of the FTE of all posts in being on the day.",
        numerator="posts",
        denominator="",
        question=Question.CURRENT_DEMAND,
    ),
    Indicator(
        code="vacancy_fte",
        name="Vacancies (FTE)",
        unit=Unit.FTE,
        definition=(
            "FTE of posts, or parts of posts, that nobody fills on the day. Over-establishment elsewhere is "
            "not set against it."
        ),
        numerator="unfilled FTE of posts",
        denominator="",
        question=Question.CURRENT_DEMAND,
    ),
    Indicator(
        code="vacancy_rate",
        name="Vacancies as a share of establishment",
        unit=Unit.PERCENT,
        definition="Vacant FTE as a percentage of establishment on the same day.",
        numerator="unfilled FTE of posts",
        denominator="FTE of posts",
        question=Question.CURRENT_DEMAND,
    ),
    Indicator(
        code="vacant_posts",
        name="Vacant posts",
        unit=Unit.POSTS,
        definition="Posts not wholly filled on the day.",
        numerator="posts with unfilled FTE",
        denominator="",
        question=Question.CURRENT_DEMAND,
    ),
    Indicator(
        code="vacancy_longest_days",
        name="Longest vacancy",
        unit=Unit.DAYS,
        definition="Days that the longest-empty post has had nobody in it, posts filled in part left out.",
        numerator="days vacant",
        denominator="",
        question=Question.CURRENT_DEMAND,
    ),
    Indicator(
        code="acting_past_limit",
        name="People acting for more than 46 days",
        unit=Unit.PEOPLE,
        definition=(
            "People whose continuous acting posting has run for more than 46 days on the day, after which "
            "temporary salary or temporary promotion is due."
        ),
        numerator="people acting for more than 46 days",
        denominator="",
        question=Question.CURRENT_DEMAND,
    ),
    Indicator(
        code="long_term_absent_fte",
        name="Long-term absent (FTE)",
        unit=Unit.FTE,
        definition="Strength in FTE of people absent for more than 28 calendar days on the day.",
        numerator="strength of people long-term absent",
        denominator="",
        question=Question.CURRENT_DEMAND,
    ),
    Indicator(
        code="board_actions_overdue",
        name="Board actions overdue",
        unit=Unit.ACTIONS,
        definition="Open actions of establishment boards whose due date is before the day.",
        numerator="overdue actions",
        denominator="",
        question=Question.FUTURE,
    ),
]

CATALOGUE: dict[str, Indicator] = {
    indicator.code: indicator
    for indicator in [*_fte_indicators(), *_share_indicators(), *_change_indicators(), *_ESTABLISHMENT]
}


def share(numerator: Decimal, denominator: Decimal) -> Decimal | None:
    """numerator / denominator as an unrounded proportion; None when there is nothing to divide by."""
    return numerator / denominator if denominator else None


def change(now: Decimal, base: Decimal) -> Decimal | None:
    """Change since the base as an unrounded proportion of it; None when the base is zero."""
    return share(now - base, base)
