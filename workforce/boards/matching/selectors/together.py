"""A person for each of several posts, proposed by the points of all of them together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from peelsite.forces.models import Force
from workforce.boards.decisions.models import PostToFill
from workforce.boards.matching.calc import Assessment, Chosen, assign
from workforce.boards.matching.selectors.people import Candidates, candidates_for
from workforce.boards.matching.selectors.reading import Wanted


@dataclass(frozen=True)
class Line:
    """One post with whom the proposal puts there. `chosen` is None where nobody is left who can."""

    to_fill: PostToFill
    on: date
    candidates: Candidates
    chosen: Assessment | None
    instead: Assessment | None

    def best(self, number: int) -> list[Assessment]:
        """The best few who can, and whom the proposal chooses in any case."""
        found = list(self.candidates.able[:number])
        if self.chosen is not None and self.chosen not in found:
            found.append(self.chosen)
        return found

    def words_of(self, assessment: Assessment) -> str:
        """'Alex Sample (1187), Response, 35 points'."""
        person = self.candidates.people[assessment.person_id]
        return f"{person.name} ({person.number}), {person.unit}, {assessment.score} points"

    @property
    def why(self) -> str:
        """Why this person, where the post alone would take another."""
        if self.chosen is None:
            return "Nobody is left who can take it."
        if self.instead is None:
            return "Has the most points of those who can take it."
        person = self.candidates.people[self.instead.person_id]
        return (
            f"{person.name} has more points here ({self.instead.score}) and is needed more in another post."
        )


def proposal_for_all(force: Force, waiting: Sequence[PostToFill], day: date) -> list[Line]:
    """One person for each post, nobody twice, with the most points in all; in the order of the posts.

    The queries of `candidates_for`, however many posts. A person is not proposed for two posts, and whoever
    cannot take a post is not proposed for it.
    """
    if not waiting:
        return []
    wanted = [Wanted.of(each, day) for each in waiting]
    found = candidates_for(force, wanted, day)
    scores = {
        each.post.post_id: {assessment.person_id: assessment.score for assessment in each.able}
        for each in found
    }
    chosen = {each.post_id: each for each in assign(scores)}
    return [
        _line(to_fill, wish.on, candidates, chosen.get(candidates.post.post_id))
        for to_fill, wish, candidates in zip(waiting, wanted, found, strict=True)
    ]


def _line(to_fill: PostToFill, on: date, candidates: Candidates, chosen: Chosen | None) -> Line:
    if chosen is None:
        return Line(to_fill, on, candidates, None, None)
    instead = candidates.of(chosen.best_person) if chosen.best_score > chosen.score else None
    return Line(to_fill, on, candidates, candidates.of(chosen.person_id), instead)
