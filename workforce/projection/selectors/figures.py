"""The figures that a projection rests on beside the rates of leaving: what each is, and where it is from."""

from collections.abc import Mapping
from dataclasses import dataclass

from workforce.projection.models import Assumption

OWN, NATIONAL, ASSUMED, SET = "own", "national", "assumed", "set"
SOURCES = {
    OWN: "Own history",
    NATIONAL: "National rate",
    ASSUMED: "Assumed",
    SET: "Set by the force",
}


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure: `unit` is 'share', 'months', 'FTE', 'a month' or 'a year' (chances), or 'people'."""

    code: str
    group: str
    label: str
    unit: str
    value: float
    why: str
    least: float = 0.0
    most: float = 1.0


PROMOTION, RECRUITMENT, TRAINING, AWAY, SHOWN, RATES = (
    "Promotions",
    "Recruitment to single vacancies",
    "New joiners",
    "People away",
    "What is shown",
    "How rates are learnt",
)

FIGURES = (
    Figure(
        code="promotion.every",
        group=PROMOTION,
        label="Months between boards whose promotions take effect",
        unit="months",
        value=2,
        least=1,
        most=12,
        why="The establishment board is held every two months.",
    ),
    Figure(
        code="promotion.share",
        group=PROMOTION,
        label="Vacancies that a board fills by promotion",
        unit="share",
        value=0.8,
        why="Some vacancies wait for a role's own process or are held. No national figure is published.",
    ),
    Figure(
        code="promotion.service",
        group=PROMOTION,
        label="Service before a first promotion",
        unit="months",
        value=36,
        most=240,
        why="Two years of probation, and a year for the examination and the board.",
    ),
    Figure(
        code="promotion.in_rank",
        group=PROMOTION,
        label="Time in a rank before the next promotion",
        unit="months",
        value=12,
        most=120,
        why="A year of temporary promotion under the national promotion framework.",
    ),
    *(
        Figure(
            code=f"recruit.{category}",
            group=RECRUITMENT,
            label=f"{label}: a vacancy filled from outside",
            unit="a month",
            value=value,
            why=why,
        )
        for category, label, value, why in (
            ("officer", "Police officers", 0.0, "Officers join by intakes, which are planned one by one."),
            ("staff", "Police staff", 0.125, "A vacancy is open for eight months on average."),
            ("designated", "Designated officers", 0.125, "A vacancy is open for eight months on average."),
            ("pcso", "PCSOs", 0.1, "A vacancy is open for ten months on average."),
        )
    ),
    *(
        Figure(
            code=f"patrol.{category}",
            group=TRAINING,
            label=f"{label}: from joining to independent patrol or full work",
            unit="months",
            value=value,
            most=36,
            why=why,
        )
        for category, label, value, why in (
            ("officer", "Police officers", 9, "Training and tutored patrol. An intake may differ."),
            ("pcso", "PCSOs", 4, "Initial course and tutored patrol."),
        )
    ),
    Figure(
        code="intake.seen",
        group=TRAINING,
        label="Earlier places from which the share who start was learnt",
        unit="people",
        value=60,
        most=10_000,
        why="The fewer, the wider the range of how many start.",
    ),
    Figure(
        code="deployable.training",
        group=TRAINING,
        label="Share that counts as deployable before independent patrol",
        unit="share",
        value=0.0,
        why="Tutored officers do not patrol alone. The Home Office has no official measure of deployable.",
    ),
    Figure(
        code="return.dated",
        group=AWAY,
        label="Those seconded out who come back on the day agreed",
        unit="share",
        value=0.9,
        why="Some secondments are extended and some people do not come back.",
    ),
    Figure(
        code="return.open",
        group=AWAY,
        label="Those seconded out without a date who come back",
        unit="a month",
        value=0.04,
        why="A secondment lasts two years on average.",
    ),
    Figure(
        code="deployable.limited",
        group=AWAY,
        label="Share that counts as deployable on limited duties",
        unit="share",
        value=0.5,
        why="Recuperative and adjusted duties differ widely. The Home Office counts them as available.",
    ),
    Figure(
        code="threshold.fte",
        group=SHOWN,
        label="Gap from which its chance is shown, at least",
        unit="FTE",
        value=2,
        most=1000,
        why="A single vacancy in a small team is no matter for a board.",
    ),
    Figure(
        code="threshold.share",
        group=SHOWN,
        label="The same, as a share of the line's establishment",
        unit="share",
        value=0.05,
        why="One in twenty posts empty.",
    ),
    Figure(
        code="rates.observed",
        group=RATES,
        label="Months of the force's history that rates are learnt from",
        unit="months",
        value=60,
        least=12,
        most=240,
        why="Long enough for few leavers a band, short enough for today's conditions.",
    ),
)
BY_CODE = {figure.code: figure for figure in FIGURES}


def figures_of(rows: Mapping[str, Assumption]) -> dict[str, float]:
    """The value of each figure: as set by the force, else as assumed here."""
    return {
        figure.code: float(rows[figure.code].value) if figure.code in rows else figure.value
        for figure in FIGURES
    }
