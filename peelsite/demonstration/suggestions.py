"""What the demonstration's boards go by when they ask where people could come from: invented numbers."""

from decimal import Decimal

from django.db import transaction

from peelsite.accounts.models import User
from peelsite.forces.models import Force
from workforce.boards.meetings.models import Board
from workforce.boards.suggestions.services import civilian_role_add, plan_make, settings_change, weight_set
from workforce.establishment.models import Rank, Role

WEIGHTS = {
    "Response": ("1.5", "Invented: emergency calls cannot wait."),
    "Call handling": ("1.5", "Invented: 999 calls cannot wait."),
    "Child abuse investigation": ("1.3", "Invented: the risk is of harm to children."),
    "Training": ("0.8", "Invented: courses can be moved."),
    "Change programme": ("0.6", "Invented: projects can be moved."),
}
# (role, rank, grade of the staff)
CIVILIAN_ROLES = [
    ("Local investigation", "PC", "DIO"),
    ("Investigations management", "PC", "DIO"),
]


@transaction.atomic
def suggestions_load(*, force: Force, hr: User) -> None:
    """Numbers that hold from the opening day, and a plan for the next board whose agenda is drawn up."""
    day = force.opening_day.replace(day=1)
    settings_change(force=force, starts_on=day, values={}, reason="Invented: where the demonstration starts.")
    roles = {role.name: role for role in Role.objects.of_force(force)}
    for name, (weight, reason) in WEIGHTS.items():
        if name in roles:
            weight_set(force=force, role=roles[name], starts_on=day, weight=Decimal(weight), reason=reason)
    ranks = {rank.code: rank for rank in Rank.objects.filter(force__isnull=True)}
    for name, rank, staff in CIVILIAN_ROLES:
        if name in roles and {rank, staff} <= ranks.keys():
            civilian_role_add(
                force=force,
                rank=ranks[rank],
                role=roles[name],
                staff_rank=ranks[staff],
                reason="Invented: no power that an officer alone holds is used.",
            )
    board = Board.objects.of_force(force).filter(held_on__gte=day).order_by("held_on").first()
    if board is not None and board.items.on_agenda().exists():
        plan_make(board=board, user=hr)
