"""Moves that a unit head proposes: the heads concerned are asked, and what is agreed is done.

Rows are locked in the order of workforce.turns, posts to fill before proposals, so that an answer, a
withdrawal and a match of the same post wait for each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from peelsite.accounts.models import User
from peelsite.web.editing.records import EditConflict, Overtaken, Seen, moment
from peelsite.web.editing.turns import in_turn
from workforce.boards.decisions.models import PostToFill
from workforce.boards.matching.models import (
    AskedState,
    MoveAsked,
    MoveChain,
    MoveProposal,
    MoveState,
)
from workforce.boards.matching.selectors.moves import (
    clashes,
    is_head_of,
    may_answer_for,
    may_decide_on,
    present_posting,
    to_ask,
)
from workforce.boards.matching.services.match import (
    matched,
    may_match_check,
    person_check,
    posting_make,
    waiting_for_update,
)
from workforce.people.models import AWAY_KINDS, Person, Posting, PostingKind
from workforce.refusals import saved
from workforce.turns import people_and_posts_hold

NO_LONGER_ASKED = "The board no longer asks to fill this post."


@in_turn
def move_propose(
    *,
    to_fill: PostToFill,
    person: Person,
    starts_on: date,
    kind: str = PostingKind.SUBSTANTIVE,
    ends_before: date | None = None,
    note: str = "",
    knowing: bool = False,
    in_chain: bool = False,
    user: User,
    day: date,
) -> MoveProposal:
    """Propose a person for a post that a board decided to fill, and ask the head of their present unit.

    Where nobody has to be asked the move is done at once, unless it is to be one of a chain (`in_chain`).
    Raises PermissionDenied unless the user heads the post's unit; ValidationError with every clash that rules
    the move out, and, unless `knowing`, with those that one may accept.
    """
    may_match_check(to_fill, user)
    to_fill = waiting_for_update(to_fill)
    chain = None
    if in_chain:
        chain = MoveChain.objects.create(force=to_fill.force, started_by=user, started_at=timezone.now())
    proposal = MoveProposal(
        force=to_fill.force,
        to_fill=to_fill,
        post=to_fill.post,
        person=person,
        kind=kind,
        starts_on=starts_on,
        ends_before=ends_before,
        note=note,
        chain=chain,
    )
    return proposal_save(proposal, user=user, day=day, knowing=knowing)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of several moves proposed at once."""

    to_fill: PostToFill
    person: Person
    starts_on: date
    kind: str = PostingKind.SUBSTANTIVE


@in_turn
def moves_propose(
    *, choices: Sequence[Choice], knowing: bool = False, user: User, day: date
) -> list[MoveProposal]:
    """Propose several moves, all or none; the sentence of a refusal says which post it is about."""
    if not choices:
        raise ValidationError("Choose a person for at least one post.")
    people = [choice.person.pk for choice in choices]
    for choice in choices:
        if people.count(choice.person.pk) > 1:
            raise ValidationError(
                f"{choice.person} is chosen for more than one post; choose another for one."
            )
    made, refused = [], []
    for choice in sorted(choices, key=lambda each: each.to_fill.pk):
        try:
            with transaction.atomic():
                made.append(
                    move_propose(
                        to_fill=choice.to_fill,
                        person=choice.person,
                        starts_on=choice.starts_on,
                        kind=choice.kind,
                        knowing=knowing,
                        user=user,
                        day=day,
                    )
                )
        except Overtaken:
            raise
        except ValidationError as error:
            refused += [f"Post {choice.to_fill.post.reference}: {sentence}" for sentence in error.messages]
    if refused:
        raise ValidationError(refused)
    return made


def proposal_save(proposal: MoveProposal, *, user: User, day: date, knowing: bool) -> MoveProposal:
    """Check a proposal, save it, and ask whom it concerns; done at once where that is nobody."""
    person = proposal.person
    person_check(proposal.force_id, person, proposal.kind)
    if proposal.ends_before is not None and proposal.kind not in AWAY_KINDS:
        raise ValidationError(
            {"ends_before": "A substantive posting has no end date here; clear it, or choose another kind."}
        )
    if proposal.ends_before is not None and proposal.ends_before <= proposal.starts_on:
        raise ValidationError({"ends_before": "The last day must not be before the first."})
    people_and_posts_hold(people=[person.pk], posts=[proposal.post_id])
    clashes_check(proposal, day, knowing=knowing)
    posting = present_posting(person, day)
    proposal.left_post = posting.post if posting else None
    proposal.proposed_by, proposal.proposed_at = user, timezone.now()
    asked = to_ask(user=user, post=proposal.post, posting=posting)
    proposal.state = MoveState.ASKED if asked else MoveState.AGREED
    saved(proposal)
    for each in asked:
        MoveAsked.objects.create(
            proposal=proposal, side=each.side, unit=each.unit, asked_at=proposal.proposed_at
        )
    if not asked and proposal.chain_id is None:
        _carry_out(proposal, day)
    return proposal


def clashes_check(proposal: MoveProposal, day: date, *, knowing: bool) -> None:
    """Raises ValidationError with what rules the move out, and, unless `knowing`, with what else it meets."""
    found = clashes(proposal, day)
    hard = [clash.words for clash in found if clash.is_hard]
    if hard:
        raise ValidationError(hard)
    if found and not knowing:
        raise ValidationError({"knowing": [clash.words for clash in found]})


@in_turn
def move_answer(
    *,
    asked: MoveAsked,
    answer: str,
    from_day: date | None = None,
    reason: str = "",
    user: User,
    day: date,
    seen: Seen | None = None,
) -> MoveProposal:
    """A head agrees, agrees from another date, or refuses with the reason.

    HR or a chief officer may answer for an absent head, with the reason. The last agreement does the move, in
    the same transaction; where it is refused meanwhile, the proposal stays agreed and says why. Raises
    PermissionDenied to anybody else; Overtaken when it is answered or no longer open.
    """
    proposal, asked = _asked_for_update(asked, seen)
    is_own = is_head_of(user, asked, proposal.force)
    if not is_own and not may_answer_for(user, proposal.force):
        raise PermissionDenied
    if not is_own and not reason:
        raise ValidationError({"reason": "Say why you answer for the head of the unit."})
    _answer_check(proposal, answer, from_day, reason, day)
    asked.state, asked.reason, asked.is_for_absent_head = answer, reason, not is_own
    asked.from_day = from_day if answer == AskedState.LATER else None
    asked.answered_by, asked.answered_at = user, timezone.now()
    asked.full_clean(validate_constraints=False, validate_unique=False)
    asked.save()
    answers = set(proposal.asked.values_list("state", flat=True))
    if AskedState.REFUSED in answers:
        proposal.state = MoveState.REFUSED
    elif AskedState.WAITING in answers:
        return proposal
    else:
        proposal.state = MoveState.LATER if AskedState.LATER in answers else MoveState.AGREED
    proposal.save(update_fields=["state"])
    if proposal.state == MoveState.AGREED and proposal.chain_id is None:
        _carry_out_or_say(proposal, day)
    return proposal


def _answer_check(proposal: MoveProposal, answer: str, from_day: date | None, reason: str, day: date) -> None:
    if answer not in (AskedState.AGREED, AskedState.LATER, AskedState.REFUSED):
        raise ValidationError({"answer": "Choose agree, agree from another date, or refuse."})
    if answer == AskedState.REFUSED and not reason:
        raise ValidationError({"reason": "Say why you refuse."})
    if answer != AskedState.LATER:
        return
    if from_day is None:
        raise ValidationError({"from_day": "Enter the date from which you agree."})
    if from_day == proposal.starts_on:
        raise ValidationError({"from_day": "This is the date that was proposed: choose Agree instead."})
    if from_day < day:
        raise ValidationError({"from_day": "This date is past; choose a later one."})
    if proposal.ends_before is not None and from_day >= proposal.ends_before:
        raise ValidationError({"from_day": "By this date the move would be over; choose an earlier one."})


@in_turn
def move_accept(*, proposal: MoveProposal, user: User, day: date, seen: Seen | None = None) -> MoveProposal:
    """Take the other date that was offered, the latest of several; then the move is done."""
    proposal = _for_update(proposal, seen)
    if not may_decide_on(user, proposal):
        raise PermissionDenied
    if proposal.state != MoveState.LATER:
        raise Overtaken(f"No other date waits to be accepted: {proposal.get_state_display().lower()}.")
    offered = proposal.asked.filter(state=AskedState.LATER).values_list("from_day", flat=True)
    proposal.starts_on, proposal.state = max(offered), MoveState.AGREED
    clashes_check(proposal, day, knowing=True)
    proposal.save(update_fields=["starts_on", "state"])
    if proposal.chain_id is None:
        _carry_out(proposal, day)
    return proposal


@in_turn
def move_carry_out(
    *, proposal: MoveProposal, user: User, day: date, seen: Seen | None = None
) -> MoveProposal:
    """Do a move that is agreed and could not be done when it was."""
    proposal = _for_update(proposal, seen)
    if not may_decide_on(user, proposal):
        raise PermissionDenied
    if proposal.state != MoveState.AGREED:
        raise Overtaken(f"This move is not waiting to be done: {proposal.get_state_display().lower()}.")
    if proposal.chain_id is not None:
        raise ValidationError("This move is one of a chain; carry out the chain.")
    _carry_out(proposal, day)
    return proposal


@in_turn
def move_withdraw(
    *, proposal: MoveProposal, reason: str = "", user: User, seen: Seen | None = None
) -> MoveProposal:
    """Take a proposal back while it is not done. Whoever may decide on it, or keeps people's records, may."""
    proposal = _for_update(proposal, seen)
    if not may_decide_on(user, proposal) and not may_answer_for(user, proposal.force):
        raise PermissionDenied
    if not proposal.is_open:
        raise Overtaken(f"This proposal is not open any more: {proposal.get_state_display().lower()}.")
    proposal.state, proposal.reason = MoveState.WITHDRAWN, reason
    proposal.save(update_fields=["state", "reason"])
    return proposal


def _for_update(proposal: MoveProposal, seen: Seen | None = None) -> MoveProposal:
    """The proposal, locked after the post that it fills. Raises EditConflict when it changed or is gone."""
    if proposal.to_fill_id is not None:
        list(PostToFill.objects.select_for_update().filter(pk=proposal.to_fill_id))
    found = (
        MoveProposal.objects.select_for_update(of=("self",))
        .select_related("force", "person", "post__unit", "post__rank", "chain")
        .filter(pk=proposal.pk)
        .first()
    )
    if found is None:
        raise EditConflict(None)
    if seen is not None:
        seen.check(found)
    return found


def _asked_for_update(asked: MoveAsked, seen: Seen | None) -> tuple[MoveProposal, MoveAsked]:
    proposal = _for_update(asked.proposal)
    now = (
        MoveAsked.objects.select_for_update(of=("self",))
        .select_related("unit", "answered_by")
        .get(pk=asked.pk)
    )
    if not proposal.is_open:
        raise Overtaken(f"This proposal is not open any more: {proposal.get_state_display().lower()}.")
    if now.state != AskedState.WAITING:
        raise Overtaken(
            f"{now.answered_by} has answered already, at {moment(now.answered_at)}: "
            f"{now.get_state_display().lower()}."
        )
    if seen is not None:
        seen.check(now)
    return proposal, now


def _carry_out_or_say(proposal: MoveProposal, day: date) -> None:
    """Do an agreed move; where a rule refuses it now, keep the sentence with the agreement."""
    try:
        with transaction.atomic():
            _carry_out(proposal, day)
    except ValidationError as refused:
        proposal.state, proposal.posting = MoveState.AGREED, None
        proposal.reason = " ".join(refused.messages)[:300]
        proposal.save(update_fields=["state", "posting", "reason"])


def _carry_out(proposal: MoveProposal, day: date) -> None:
    if proposal.to_fill is None:
        raise ValidationError(NO_LONGER_ASKED)
    to_fill = waiting_for_update(proposal.to_fill)
    clashes_check(proposal, day, knowing=True)
    people_and_posts_hold(people=[proposal.person_id], posts=[proposal.post_id])
    posting = posting_make(
        proposal.person, proposal.post, proposal.kind, proposal.starts_on, proposal.ends_before
    )
    matched(to_fill=to_fill, person=proposal.person, posting=posting, user=proposal.proposed_by, day=day)
    done(proposal, posting)


def done(proposal: MoveProposal, posting: Posting) -> None:
    proposal.state, proposal.posting, proposal.reason = MoveState.DONE, posting, ""
    proposal.save(update_fields=["state", "posting", "reason"])
