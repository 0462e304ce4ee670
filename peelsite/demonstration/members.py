"""Who sits on the demonstration's establishment board: its sign-ins, and a clerk outside the force."""

from django.db import transaction

from peelsite.accounts.models import User
from peelsite.forces.models import Force
from workforce.boards.meetings.models import BoardSeries
from workforce.boards.members.models import BoardRole
from workforce.boards.members.services import member_add

SEATS = (
    ("chief.officer", BoardRole.CHAIR),
    ("unit.head", BoardRole.MEMBER),
    ("finance", BoardRole.ATTENDING),
    ("hr", BoardRole.SECRETARY),
)
CLERK = ("Clerk to the commissioner", "clerk@commissioner.example")


@transaction.atomic
def members_load(*, force: Force, sign_ins: dict[str, User]) -> None:
    """Put them down as members. `sign_ins` are the users by the first part of their address."""
    series = BoardSeries.objects.of_force(force).get()
    for name, role in SEATS:
        member_add(series=series, role=role, user=sign_ins[name])
    name, address = CLERK
    member_add(series=series, role=BoardRole.ATTENDING, name=name, address=address)
