"""Moves that go together: B into A, C into the post that B leaves; all of them, or none."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from peelsite.accounts.models import User
from peelsite.web.editing.records import EditConflict, Overtaken, Seen, locked
from peelsite.web.editing.turns import in_turn
from workforce.boards.decisions.models import PostToFill, ToFillState
from workforce.boards.matching.models import OPEN_STATES, MoveChain, MoveProposal, MoveState
from workforce.boards.matching.selectors.moves import check_moves, clash_words, may_decide_on
from workforce.boards.matching.services.match import fte_of, matched, waiting_for_update
from workforce.boards.matching.services.moves import NO_LONGER_ASKED, clashes_check, done, proposal_save
from workforce.people.models import AWAY_KINDS, Person, Posting, PostingKind
from workforce.people.services import posting_create, posting_end
from workforce.turns import people_and_posts_hold


@in_turn
def chain_extend(
    *,
    proposal: MoveProposal,
    person: Person,
    starts_on: date,
    kind: str = PostingKind.SUBSTANTIVE,
    ends_before: date | None = None,
    note: str = "",
    knowing: bool = False,
    user: User,
    day: date,
) -> MoveProposal:
    """Propose who fills the post that the person of `proposal` leaves; both belong to one chain from then on.

    Raises PermissionDenied unless the user heads the unit of the chain's first post; ValidationError when the
    person leaves no post, or the proposal is not open.
    """
    proposal = _locked(proposal)
    if not may_decide_on(user, proposal):
        raise PermissionDenied
    if not proposal.is_open:
        raise Overtaken(f"This proposal is not open any more: {proposal.get_state_display().lower()}.")
    if proposal.left_post is None:
        raise ValidationError(f"{proposal.person} leaves no post, so nothing is to be filled.")
    if proposal.chain is None:
        chain = MoveChain.objects.create(force=proposal.force, started_by=user, started_at=timezone.now())
        proposal.chain = chain
        proposal.save(update_fields=["chain"])
    waiting = PostToFill.objects.waiting().filter(post=proposal.left_post).first()
    following = MoveProposal(
        force=proposal.force,
        to_fill=waiting,
        post=proposal.left_post,
        person=person,
        kind=kind,
        starts_on=starts_on,
        ends_before=ends_before,
        note=note,
        chain=proposal.chain,
        place=proposal.place + 1,
    )
    return proposal_save(following, user=user, day=day, knowing=knowing)


@in_turn
def chain_reason_set(*, chain: MoveChain, reason: str, user: User, seen: Seen | None = None) -> MoveChain:
    """Say why a unit may fall below its minimum strength while the moves are done; empty: it may not."""
    chain = locked(chain, seen)
    first = chain.moves.order_by("place", "pk").first()
    if first is None or not may_decide_on(user, first):
        raise PermissionDenied
    chain.below_minimum_reason = reason
    chain.save(update_fields=["below_minimum_reason"])
    return chain


@in_turn
def chain_carry_out(*, chain: MoveChain, user: User, day: date, seen: Seen | None = None) -> MoveChain:
    """Do every move of the chain that is still proposed, or none.

    First the postings that end, then those that begin, so that people can change places on one day. Raises
    ValidationError when a move is not agreed, clashes with something, or would put a unit below its minimum
    strength without a reason; Overtaken when nothing of it is open.
    """
    moves = _moves_for_update(chain)
    if not moves:
        raise Overtaken("Nothing of this chain is waiting to be done.")
    if not may_decide_on(user, moves[0]):
        raise PermissionDenied
    chain = locked(chain, seen)
    chain_check(chain, moves, day)
    to_fill = {move.pk: waiting_for_update(move.to_fill) for move in moves if move.to_fill is not None}
    people_and_posts_hold(people=[move.person_id for move in moves], posts=[move.post_id for move in moves])
    works = {move.pk: _ended(move) for move in moves}
    for move in moves:
        posting = posting_create(
            person=move.person,
            post=move.post,
            kind=move.kind,
            starts_on=move.starts_on,
            ends_before=move.ends_before or move.post.during.upper,
            fte=works[move.pk],
        )
        if move.pk in to_fill:
            matched(
                to_fill=to_fill[move.pk], person=move.person, posting=posting, user=move.proposed_by, day=day
            )
        done(move, posting)
    return chain


def chain_check(chain: MoveChain, moves: list[MoveProposal], day: date) -> None:
    """Raises ValidationError with everything that keeps the chain from being done."""
    wrong = [
        f"{move.person} to post {move.post.reference}: {move.get_state_display().lower()}."
        for move in moves
        if move.state != MoveState.AGREED
    ]
    for move in moves:
        if move.to_fill_id is None and move.place == 1:
            wrong.append(NO_LONGER_ASKED)
        try:
            clashes_check(move, day, knowing=True)
        except ValidationError as refused:
            wrong += refused.messages
    checked = check_moves(chain.force, moves)
    for clash in clash_words(checked, moves):
        if clash.is_hard or not chain.below_minimum_reason:
            wrong.append(clash.words)
    if wrong:
        raise ValidationError(list(dict.fromkeys(wrong)))


def _locked(proposal: MoveProposal) -> MoveProposal:
    found = (
        MoveProposal.objects.select_for_update(of=("self",))
        .select_related("force", "person", "post__unit", "left_post__unit", "chain")
        .filter(pk=proposal.pk)
        .first()
    )
    if found is None:
        raise EditConflict(None)
    return found


def _moves_for_update(chain: MoveChain) -> list[MoveProposal]:
    """The open moves in their order, locked after the posts that they fill."""
    list(
        PostToFill.objects.select_for_update()
        .filter(proposals__chain=chain, state=ToFillState.WAITING)
        .order_by("pk")
    )
    return list(
        MoveProposal.objects.select_for_update(of=("self",))
        .select_related("force", "person__force", "post__unit", "proposed_by", "to_fill", "chain")
        .filter(chain=chain, state__in=OPEN_STATES)
        .order_by("place", "pk")
    )


def _ended(move: MoveProposal) -> Decimal:
    """End what the move ends; the FTE that the person works in the new post."""
    if move.kind in AWAY_KINDS:
        return fte_of(move.person, move.starts_on, move.post)
    present = Posting.objects.filter(
        person=move.person, is_away=False, during__contains=move.starts_on
    ).first()
    if present is None:
        return Decimal(1)
    posting_end(posting=present, ends_before=move.starts_on)
    return present.fte
