"""Several posts at once: the choice of people whose points add up to the most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Filling a post counts for more than any sum of points: as many as can be are filled.
FILLED = 1000.0


@dataclass(frozen=True, slots=True)
class Chosen:
    """`score` is of this person in this post; `best_person` is whom the post alone would take."""

    post_id: int
    person_id: int
    score: int
    best_person: int
    best_score: int


def assign(scores: Mapping[int, Mapping[int, int]]) -> list[Chosen]:
    """One person for each post, nobody twice: as many posts as possible, then the most points.

    `scores` holds points by post and person, of those who can take it; the answer is in the order of the
    posts, without the posts for which nobody is left. Kuhn and Munkres' assignment problem, solved exactly.
    """
    # scipy takes a second to load, and only this page needs it.
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    posts: Sequence[int] = [post for post, people in scores.items() if people]
    people: Sequence[int] = sorted({person for found in scores.values() for person in found})
    if not posts:
        return []
    column = {person: index for index, person in enumerate(people)}
    worth = np.zeros((len(posts), len(people)))
    for row, post in enumerate(posts):
        for person, points in scores[post].items():
            worth[row, column[person]] = FILLED + points
    rows, columns = linear_sum_assignment(worth, maximize=True)
    found = []
    for row, chosen in zip(rows, columns, strict=True):
        post, person = posts[row], people[chosen]
        if person not in scores[post]:
            continue
        best = min(scores[post], key=lambda each: (-scores[post][each], each))
        found.append(Chosen(post, person, scores[post][person], best, scores[post][best]))
    return found
