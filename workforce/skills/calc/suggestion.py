"""Who should have the places of a course: those who close a gap, where the gap is widest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heapify, heappop, heappush

from workforce.skills.calc.coverage import Line


@dataclass(frozen=True)
class Candidate:
    """Someone whom a course could give what is asked of them.

    `line` is their place in the lines given. `ends` is when what they hold now expires, None for who holds
    nothing; `is_self_assessed`: they say that they can do it already.
    """

    person_id: int
    number: str
    line: int
    is_self_assessed: bool = False
    ends: date | None = None

    @property
    def is_renewal(self) -> bool:
        return self.ends is not None


@dataclass(frozen=True)
class Suggested:
    """A person for a place, in order. `short` of `required` were missing in their unit before this place."""

    candidate: Candidate
    unit_id: int
    short: int
    required: int


def suggest(lines: Sequence[Line], candidates: Iterable[Candidate], places: int) -> list[Suggested]:
    """Up to `places` people, each closing one gap: always the next from the unit that is then shortest.

    Shortest is the largest share of what is required that is missing, then the larger number, then the order
    of the units. Within a unit those come first who say that they can do it already, as they need least, then
    by number. Renewals come after every gap, the first to expire first. The same input gives the same answer.
    """
    waiting: dict[int, list[Candidate]] = {}
    renewals: list[Candidate] = []
    for candidate in candidates:
        if candidate.is_renewal:
            renewals.append(candidate)
        else:
            waiting.setdefault(candidate.line, []).append(candidate)
    for queue in waiting.values():
        queue.sort(key=lambda each: (not each.is_self_assessed, each.number))
    chosen: list[Suggested] = []
    heap = [_pressing(lines, index, lines[index].figures.gap) for index in waiting]
    heapify(heap)
    while heap and len(chosen) < places:
        _, negative_gap, _, index = heappop(heap)
        gap = -negative_gap
        if gap <= 0 or not waiting[index]:
            continue
        chosen.append(_chosen(lines, waiting[index].pop(0), gap))
        heappush(heap, _pressing(lines, index, gap - 1))
    renewals.sort(key=lambda each: (each.ends or date.max, each.number))
    chosen += [
        _chosen(lines, each, lines[each.line].figures.gap) for each in renewals[: places - len(chosen)]
    ]
    return chosen


def _pressing(lines: Sequence[Line], index: int, gap: int) -> tuple[float, int, str, int]:
    group = lines[index].group
    return (-gap / group.required if group.required else 0.0, -gap, group.path, index)


def _chosen(lines: Sequence[Line], candidate: Candidate, short: int) -> Suggested:
    group = lines[candidate.line].group
    return Suggested(candidate, group.unit_id, short, group.required)
