"""What the start page and the inspection summaries ask of boards."""

from datetime import date

from peelsite.accounts.models import User
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from workforce.boards.decisions.models import (
    BoardAction,
    BoardActionQuerySet,
    Decision,
    DecisionQuerySet,
    PostToFill,
    PostToFillQuerySet,
)
from workforce.boards.meetings.models import Board, BoardQuerySet


def next_board(force: Force, day: date) -> Board | None:
    """The first meeting on `day` or after it. One query."""
    return Board.objects.of_force(force).filter(held_on__gte=day).order_by("held_on").first()


def last_board(force: Force, day: date) -> Board | None:
    """The last board before `day` whose pack was published. One query."""
    return (
        Board.objects.of_force(force)
        .with_frozen_pack()
        .filter(held_on__lt=day)
        .select_related("series")
        .order_by("-held_on")
        .first()
    )


def boards_with_pack_due(day: date) -> BoardQuerySet:
    """Boards of every force whose pack counts the figures of `day`. One query."""
    return Board.objects.pack_due_on(day).select_related("force", "series").order_by("force__name")


def board_actions_overdue(force: Force, day: date) -> BoardActionQuerySet:
    """Actions open on `day` and due before it, the longest overdue first. One query."""
    return BoardAction.objects.of_force(force).overdue_at(day).with_labels()


def decisions_since(force: Force, since: date, until: date) -> DecisionQuerySet:
    """Decisions of boards held after `since` and not after `until`. Three queries."""
    return (
        Decision.objects.filter(
            item__board__force=force, item__board__held_on__gt=since, item__board__held_on__lte=until
        )
        .with_labels()
        .order_by("item__board__held_on", "item__position", "pk")
    )


def posts_waiting_for(user: User, force: Force) -> PostToFillQuerySet:
    """Posts that wait for this unit head to choose a person; none for others. One query."""
    if not user.reach(Action.POST_MATCH, force):
        return PostToFill.objects.none()
    waiting = PostToFill.objects.of_force(force).waiting()
    return waiting.in_units(user.units_headed_in(force)).with_labels()
