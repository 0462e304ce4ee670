"""Two boards of the small invented force, with a projection and something that happened between them."""

from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from tests import factories
from tests.workforce.boards.invented import PACK, World, world_make
from workforce.boards.decisions.services import action_add
from workforce.boards.minutes.services import minutes_approve
from workforce.boards.pack.services import board_publish, note_write
from workforce.establishment.services import post_reprofile
from workforce.people.models import Absence, LimitedDuty, Person, Posting
from workforce.projection.services.runs import run_make, run_request

LEFT_ON = date(2016, 3, 1)
NOTE = "Two overlap with their successors until May, paid by the grant."
DRAWS = 100


def prepared() -> World:
    """The first board held, people and posts changed since, and the second prepared with a projection."""
    world = world_make()
    force = world.force
    board_publish(board=world.first_board, user=world.hr)
    action_add(
        board=world.first_board, text="Ask each head of unit.", owner=world.hr, due_on=date(2016, 3, 1)
    )
    minutes_approve(board=world.first_board, user=world.chief)
    _leave(world.people["C-1"], "retired")
    recruit = factories.person_make(force, family_name="Recruit", joined=date(2016, 2, 15))
    factories.posting_make(recruit, world.posts["C-1"], starts_on=LEFT_ON + timedelta(days=5))
    post_reprofile(
        post=world.posts["B-4"],
        reference="B-4-2",
        starts_on=date(2016, 3, 10),
        unit=world.response,
    )
    factories.post_make(force, "N-1", rank="CON", unit=world.custody, starts_on=date(2016, 3, 15))
    Absence.objects.create(
        force=force, person=world.people["C-2"], kind="sickness", during=DateRange(date(2016, 1, 1), None)
    )
    LimitedDuty.objects.create(
        force=force, person=world.people["C-3"], kind="adjusted", during=DateRange(date(2016, 1, 1), None)
    )
    run, _ = run_request(force=force, as_at=PACK, draws=DRAWS)
    run_make(run_id=run.pk)
    note_write(board=world.board, dimension="total", key="", text=NOTE, user=world.hr)
    return world


def _leave(person: Person, reason: str) -> None:
    for posting in Posting.objects.filter(person=person):
        posting.during = DateRange(posting.during.lower, LEFT_ON)
        posting.save(update_fields=["during"])
    person.employed = DateRange(person.employed.lower, LEFT_ON)
    person.leaving_reason = reason
    person.save(update_fields=["employed", "leaving_reason"])
