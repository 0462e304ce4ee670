"""What changes would do, and who will still serve: worked out now, from the inputs of the newest run."""

from collections.abc import Sequence
from datetime import date

from peelsite.forces.models import Force
from workforce.projection.selectors.outlook import Change, Effect


def effect_of(force: Force, day: date, changes: Sequence[Change]) -> Effect | None:
    """The lines that `changes` touch, without them and with them; none while there is no run up to `day`.

    Before and after come from the same draws, so that the difference is the changes' own. Within a second.
    """
    raise NotImplementedError


def stay_chances(force: Force, day: date, on: date) -> dict[int, float]:
    """The chance, by id of each person employed on `day`, that they still serve on the later day `on`.

    By the rates of leaving of their worker type and length of service; 0 from the day on which someone who
    has given notice is gone, 1 before it. Seven queries.
    """
    raise NotImplementedError
