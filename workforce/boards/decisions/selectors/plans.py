"""What decisions will do to posts and people: the planned changes that a projection reads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workforce.boards.decisions.calc import decision_sentence
from workforce.boards.decisions.models import Decision, DecisionKind, FillSource, ToFillState
from workforce.boards.decisions.selectors.reading import filled_fte, words_of
from workforce.establishment.calc import CellKey
from workforce.establishment.models import Post
from workforce.projection.models import ChangeKind
from workforce.projection.selectors import Change

ORIGIN = "board decision"

_BY_SOURCE = {
    FillSource.PROMOTION: ChangeKind.PROMOTION,
    FillSource.INTAKE: ChangeKind.INTAKE,
    FillSource.TRANSFEREE: ChangeKind.TRANSFEREE,
    FillSource.MOVE: ChangeKind.MOVE,
    FillSource.ACTING: ChangeKind.ACTING,
    FillSource.AGENCY: ChangeKind.AGENCY,
}
_PLACES = Decimal("0.0001")


@dataclass(frozen=True, kw_only=True)
class Deciding:
    """What of a decision, taken or only asked about, changes posts or people."""

    kind: str
    source: str
    fte: Decimal
    effective_on: date
    posts: Sequence[Post]
    cell: CellKey | None
    donor: CellKey | None
    profile: CellKey | None
    to_fte: Decimal | None
    is_allocation: bool
    words: str = ""


def changes_of(decision: Decision) -> list[Change]:
    """What a decision still plans: a fill for the posts that wait, the rest until it is carried out.

    The decision with its labels, not done and not dropped. Three queries.
    """
    posts = [each.post for each in decision.decision_posts.all()]
    fte = decision.fte
    if decision.kind == DecisionKind.FILL:
        asked = list(decision.posts_to_fill.exclude(state=ToFillState.WITHDRAWN).values_list("post", "state"))
        waiting = {post for post, state in asked if state == ToFillState.WAITING}
        fte = decision.fte * len(waiting) / len(asked) if asked else Decimal(0)
        posts = [post for post in posts if post.pk in waiting]
    return planned(
        Deciding(
            kind=decision.kind,
            source=decision.source,
            fte=fte,
            effective_on=decision.effective_on,
            posts=posts,
            cell=decision.item.cell if decision.item.has_cell else None,
            donor=decision.donor,
            profile=decision.profile,
            to_fte=decision.to_fte,
            is_allocation=decision.is_allocation,
            words=decision_sentence(words_of(decision)),
        )
    )


def planned(deciding: Deciding) -> list[Change]:
    """The planned changes of a decision. A hold plans none: it leaves the gap as it is.

    Re-profiled posts end in their cell and start in the other one, and whoever is in them goes along. With a
    change of allocation they end here or start here and nobody moves within the force. One query.
    """
    if deciding.kind == DecisionKind.FILL:
        return _fills(deciding)
    if deciding.kind == DecisionKind.DELETE or (
        deciding.kind == DecisionKind.REPROFILE and deciding.is_allocation
    ):
        return [
            _change(deciding, ChangeKind.POST_END, fte, from_cell=cell)
            for cell, fte in _by_cell(deciding.posts, _of_posts).items()
        ]
    if deciding.kind == DecisionKind.NEW and deciding.cell is not None:
        return [_change(deciding, ChangeKind.POST_START, deciding.fte, to_cell=deciding.cell)]
    if deciding.kind == DecisionKind.REPROFILE and deciding.profile is not None:
        return _reprofilings(deciding)
    return []


def _fills(deciding: Deciding) -> list[Change]:
    if not deciding.posts or deciding.fte <= 0:
        return []
    kind = _BY_SOURCE[FillSource(deciding.source)]
    if kind == ChangeKind.MOVE and deciding.donor is None:
        # Decided before a move had to say where from: strength comes from nowhere the board has named.
        return []
    whole = sum((post.fte for post in deciding.posts), Decimal(0))
    return [
        _change(deciding, kind, deciding.fte * fte / whole, from_cell=deciding.donor, to_cell=cell)
        for cell, fte in _by_cell(deciding.posts, _of_posts).items()
    ]


def _reprofilings(deciding: Deciding) -> list[Change]:
    filled = filled_fte(deciding.posts, deciding.effective_on)
    after = sum((deciding.to_fte or post.fte for post in deciding.posts), Decimal(0))
    changes = [
        _change(deciding, ChangeKind.POST_END, fte, from_cell=cell)
        for cell, fte in _by_cell(deciding.posts, _of_posts).items()
    ]
    changes.append(_change(deciding, ChangeKind.POST_START, after, to_cell=deciding.profile))
    moving = _by_cell(deciding.posts, lambda post: filled.get(post.pk, Decimal(0)))
    changes += [
        _change(deciding, ChangeKind.MOVE, fte, from_cell=cell, to_cell=deciding.profile)
        for cell, fte in moving.items()
        if fte > 0 and cell != deciding.profile
    ]
    return changes


def _of_posts(post: Post) -> Decimal:
    return post.fte


def _by_cell(posts: Iterable[Post], amount) -> dict[CellKey, Decimal]:
    found: dict[CellKey, Decimal] = {}
    for post in posts:
        key = CellKey(
            rank_id=post.rank_id, role_id=post.role_id, location_id=post.location_id, unit_id=post.unit_id
        )
        found[key] = found.get(key, Decimal(0)) + amount(post)
    return found


def _change(
    deciding: Deciding,
    kind: ChangeKind,
    fte: Decimal,
    *,
    from_cell: CellKey | None = None,
    to_cell: CellKey | None = None,
) -> Change:
    return Change(
        kind=kind,
        fte=fte.quantize(_PLACES),
        on=deciding.effective_on,
        from_cell=from_cell,
        to_cell=to_cell,
        words=deciding.words,
    )
