"""What a scenario changes, in words."""

from collections.abc import Iterable

from peelsite.forces.models import WorkerCategory
from workforce.projection.models import ScenarioChange, ScenarioChangeKind


def differences_in_words(changes: Iterable[ScenarioChange]) -> list[str]:
    """One sentence for each difference; give it rows `with_labels`."""
    return [difference_in_words(change) for change in changes]


def difference_in_words(change: ScenarioChange) -> str:
    starts = f"{change.starts_on:%B %Y}" if change.starts_on else ""
    if change.kind == ScenarioChangeKind.INTAKE:
        return f"An extra intake of {change.number} in {starts}: {_cell(change)}."
    if change.kind == ScenarioChangeKind.NO_INTAKE:
        return f"The intake {change.intake.name} of {change.intake.starts_on:%B %Y} does not happen."
    if change.kind == ScenarioChangeKind.PROMOTION_PAUSE:
        rank = f"to {change.rank.name.lower()}" if change.rank else "to every rank"
        return f"No promotions {rank} from {starts} until {change.ends_on:%B %Y}."
    if change.kind == ScenarioChangeKind.LEAVING:
        who = f"{WorkerCategory(change.category).label}s" if change.category else "Everyone"
        who = "Police staff" if change.category == WorkerCategory.STAFF else who
        return f"{who}: {change.factor.normalize():f} times as many leave."
    more = "more" if change.fte > 0 else "fewer"
    return f"{abs(change.fte).normalize():f} FTE of posts {more} from {starts}: {_cell(change)}."


def _cell(change: ScenarioChange) -> str:
    parts = (change.rank, change.role, change.location, change.unit)
    return ", ".join(dict.fromkeys(part.name for part in parts))
