"""A small invented force with an establishment board, for the tests of boards.

Custody at Watchford has four sergeants' posts and one sergeant in them: three under establishment.
Response has three constables in three posts.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from peelsite.accounts.models import User
from peelsite.accounts.permissions import Role as UserRole
from peelsite.forces.models import Force, Unit
from tests import factories
from workforce.boards.agenda.models import AgendaItem
from workforce.boards.decisions.models import Decision, DecisionKind, FillSource
from workforce.boards.decisions.services import DecisionValues, decision_create
from workforce.boards.meetings.models import Board, BoardSeries
from workforce.boards.meetings.services import series_create
from workforce.boards.minutes.services import minutes_approve
from workforce.boards.pack.services import board_publish
from workforce.establishment.models import Post
from workforce.people.models import Person

FIRST = date(2016, 2, 4)
SECOND = date(2016, 4, 4)
PACK = date(2016, 3, 29)
DAY = date(2016, 3, 31)
FILL_BY = date(2016, 5, 1)


@dataclass
class World:
    force: Force
    series: BoardSeries
    custody: Unit
    response: Unit
    posts: dict[str, Post]
    people: dict[str, Person]
    hr: User
    chief: User
    deputy: User
    head: User
    analyst: User
    others: dict[str, User] = field(default_factory=dict)

    @property
    def board(self) -> Board:
        """The board of 4 April 2016, read again."""
        return Board.objects.select_related("series__force", "force").get(series=self.series, held_on=SECOND)

    @property
    def first_board(self) -> Board:
        return Board.objects.select_related("series__force", "force").get(series=self.series, held_on=FIRST)

    def publish(self) -> Board:
        board_publish(board=self.board, user=self.hr)
        return self.board

    def custody_item(self) -> AgendaItem:
        return self.board.items.get(unit=self.custody)

    def values(self, *references: str, **changes) -> DecisionValues:
        """Fill the posts from the promotion pool, unless told otherwise."""
        posts = [self.posts[reference] for reference in references]
        fields = {
            "kind": DecisionKind.FILL,
            "source": FillSource.PROMOTION,
            "effective_on": FILL_BY,
            "due_on": FILL_BY,
            "owner": self.head,
            "reason": "Custody cannot run three teams.",
            "fte": Decimal(len(posts) or 1),
            "posts": posts,
        }
        return DecisionValues(**fields | changes)

    def decide(self, *references: str, user: User | None = None, **changes) -> Decision:
        return decision_create(
            item=self.custody_item(), values=self.values(*references, **changes), user=user or self.chief
        )

    def approve(self) -> Board:
        minutes_approve(board=self.board, user=self.chief)
        return self.board


def world_make(name: str = "Testshire", **series) -> World:
    """The force on 31 March 2016, its board every two months from 4 February."""
    force = factories.force_make(name, opening_day=DAY)
    command = factories.unit_make(force, "Operations")
    custody = factories.unit_make(force, "Custody", parent=command)
    response = factories.unit_make(force, "Response", parent=command)
    place = factories.location_make(force)
    custody_role = factories.role_make(force, "Custody sergeant")
    response_role = factories.role_make(force, "Response officer")
    factories.funding_make(force)
    posts = {
        f"B-{number}": factories.post_make(
            force, f"B-{number}", rank="SGT", unit=custody, role=custody_role, location=place
        )
        for number in range(1, 5)
    } | {
        f"C-{number}": factories.post_make(
            force, f"C-{number}", rank="CON", unit=response, role=response_role, location=place
        )
        for number in range(1, 4)
    }
    people = {
        reference: factories.person_make(force, family_name=f"Holder {reference}")
        for reference in ("B-4", "C-1", "C-2", "C-3")
    }
    for reference, person in people.items():
        factories.posting_make(person, posts[reference])
    return World(
        force=force,
        series=series_create(
            force=force, day=DAY, **{"first_meeting_on": FIRST, "vacancy_days": 9999} | series
        ),
        custody=custody,
        response=response,
        posts=posts,
        people=people,
        hr=factories.user_make(UserRole.HR, force),
        chief=factories.user_make(UserRole.CHIEF_OFFICER, force),
        deputy=factories.user_make(UserRole.CHIEF_OFFICER, force),
        head=factories.user_make(UserRole.UNIT_HEAD, force, unit=custody),
        analyst=factories.user_make(UserRole.ANALYST, force),
    )
