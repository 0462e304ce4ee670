"""Moves pinned or forbidden, and donors spared, for the plans of one board; kept when they are lifted."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from peelsite.accounts.models import User
from peelsite.web.editing.records import Overtaken, moment
from peelsite.web.editing.turns import in_turn
from workforce.boards.meetings.models import Board
from workforce.boards.suggestions.calc.problem import LABELS, Source
from workforce.boards.suggestions.models import FillMove, MoveRule, RuleKind
from workforce.boards.suggestions.models.rules import cell_columns


def board_deciding(board: Board) -> Board:
    """The board as it is now. Raises Overtaken when its minutes are approved, as it decides nothing more."""
    board = Board.objects.select_related("series__force", "force", "approved_by").get(pk=board.pk)
    if board.is_approved:
        raise Overtaken(
            f"{board.approved_by} approved the minutes of this board at {moment(board.approved_at)}: it "
            "decides nothing more. Open the next board."
        )
    return board


@in_turn
def rule_add(*, move: FillMove, kind: str, reason: str, user: User, heads: int | None = None) -> MoveRule:
    """Pin a suggested move, forbid it, or let its donor give nobody, for the plans of its board.

    Raises Overtaken when it holds already.
    """
    board = board_deciding(move.plan.board)
    kind = RuleKind(kind)
    if not reason.strip():
        raise ValidationError({"reason": "Enter the reason."})
    if kind == RuleKind.SPARE and move.donor is None:
        raise ValidationError("This move takes nobody from a cell, so there is no donor to spare.")
    if kind == RuleKind.PIN and not heads:
        raise ValidationError({"heads": "Enter how many people come by this move at least."})
    is_spare = kind == RuleKind.SPARE
    # Of two who hold the same move fast, the second waits here and is told.
    Board.objects.select_for_update(of=("self",), no_key=True).get(pk=board.pk)
    columns = cell_columns("donor", move.donor) | cell_columns("need", None if is_spare else move.need.cell)
    source = "" if is_spare else move.source
    held = MoveRule.objects.filter(board=board, kind=kind, source=source, **columns).holding().first()
    if held is not None:
        raise Overtaken(f"{held.made_by} set this already, at {moment(held.made_at)}: {held.reason}")
    rule = MoveRule(
        board=board,
        kind=kind,
        source=source,
        heads=heads if kind == RuleKind.PIN else None,
        label=move.donor_label if is_spare else move_label(move),
        reason=reason.strip(),
        made_by=user,
        made_at=timezone.now(),
        **columns,
    )
    rule.full_clean()
    rule.save()
    return rule


@in_turn
def rule_lift(*, rule: MoveRule, user: User) -> MoveRule:
    """Let a pin or a ban no longer hold; it stays on record. Raises Overtaken when somebody lifted it."""
    board_deciding(rule.board)
    rule = (
        MoveRule.objects.select_for_update(of=("self",), no_key=True)
        .select_related("lifted_by")
        .get(pk=rule.pk)
    )
    if rule.lifted_at is not None:
        raise Overtaken(f"{rule.lifted_by} lifted this at {moment(rule.lifted_at)}.")
    rule.lifted_by, rule.lifted_at = user, timezone.now()
    rule.save(update_fields=["lifted_by", "lifted_at"])
    return rule


def move_label(move: FillMove) -> str:
    """A move in words that outlast the plan."""
    source = LABELS[Source(move.source)]
    return (
        f"{source}: {move.donor_label} to {move.need.label}"
        if move.donor_label
        else (f"{source} to {move.need.label}")
    )
