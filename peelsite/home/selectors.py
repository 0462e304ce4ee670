"""What waits for a person on the start page, and where the force stands."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from peelsite.accounts.models import User
from peelsite.accounts.permissions import Action
from peelsite.audit.subject_access.selectors import due_soon, may_answer
from peelsite.forces.models import Force
from peelsite.imports.models import ImportBatch
from peelsite.inspection.summaries.models import Delivery, Summary
from peelsite.mail.deliveries.models import DeliveryState
from workforce.boards.matching.selectors.moves import moves_to_settle, moves_unanswered, waiting_for_answer_of
from workforce.boards.meetings.models import Board
from workforce.boards.reports import board_actions_overdue, next_board, posts_waiting_for
from workforce.establishment.selectors import establishment_as_at
from workforce.projection.selectors import newest_run
from workforce.skills.selectors import shortages, waiting_for

PROJECTION_OLD_AFTER = 31


@dataclass(frozen=True)
class Task:
    """One thing to do: a link, what it is about, and how pressing it is (colour of the tag)."""

    title: str
    href: str
    hint: str = ""
    status: str = ""
    colour: str = ""


def tasks_for(user: User, force: Force, day: date) -> list[Task]:
    """The user's tasks in a force, most pressing first; one query or two for each kind the user may see."""
    tasks: list[Task] = []
    if user.reach(Action.POST_MATCH, force):
        tasks += _moves(user, force)
        tasks += _posts_to_fill(user, force, day)
    if user.reach(Action.SKILLS_CONFIRM, force):
        tasks += _skills(user, force, day)
    if user.may(Action.IMPORT_RUN, force):
        tasks += _imports(force)
    if user.may(Action.PEOPLE_EDIT, force):
        tasks += _moves_unanswered(force)
    if user.may(Action.BOARD_VIEW, force):
        tasks += _boards(user, force, day)
    if user.may(Action.PROJECTION_EDIT, force):
        tasks += _projection(force, day)
    if user.may(Action.SUMMARY_SEND, force):
        tasks += _messages(force)
    if may_answer(user, force):
        tasks += _access_requests(force)
    return tasks


def _projection(force: Force, day: date) -> list[Task]:
    """Made every night; an old one says that no worker ran, or that its records cannot be projected."""
    run = newest_run(force, day)
    if run is None or run.age_days(day) <= PROJECTION_OLD_AFTER:
        return []
    return [
        Task(
            title=f"The projection is {run.age_days(day)} days old",
            href=reverse("projection:overview", args=[force.slug]),
            hint=f"It stands on the records of {run.as_at:%-d %B %Y}.",
        )
    ]


def _access_requests(force: Force) -> list[Task]:
    """Counted from today, whatever day the force's figures open on: the law's month runs on."""
    return [
        Task(
            title=f"Answer the subject access request of {each.person}",
            href=reverse("history:access-request", args=[force.slug, each.request.pk]),
            hint=f"Received on {each.request.received_on:%-d %B %Y}",
            status="Overdue" if each.days_left < 0 else f"Due {each.request.due_on:%-d %B %Y}",
            colour="red" if each.days_left < 0 else "yellow",
        )
        for each in due_soon(force, timezone.localdate())
    ]


def _moves(user: User, force: Force) -> list[Task]:
    """Moves about which the user is asked as the head of a unit, and their own that were answered."""
    asked = [
        Task(
            title=f"Answer: may {each.proposal.person} go to {each.proposal.post.unit}?",
            href=reverse("boards:move-answer", args=[force.slug, each.pk]),
            hint=f"Post {each.proposal.post.reference} from {each.proposal.starts_on:%-d %B %Y}, "
            f"proposed by {each.proposal.proposed_by}",
            status="Asked",
            colour="yellow",
        )
        for each in waiting_for_answer_of(user, force)
    ]
    return asked + [
        Task(
            title=f"{move.person} to post {move.post.reference}: {move.get_state_display().lower()}",
            href=reverse("boards:move-proposal", args=[force.slug, move.pk]),
            hint=f"{move.post.rank}, {move.post.role}, {move.post.unit}",
            status="Answered",
            colour="blue",
        )
        for move in moves_to_settle(user, force)
    ]


def _moves_unanswered(force: Force) -> list[Task]:
    """What heads of units have not answered in time: HR or a chief officer may answer for them."""
    late = moves_unanswered(force, timezone.now()).count()
    if not late:
        return []
    return [
        Task(
            title=f"{late} proposed {'move has' if late == 1 else 'moves have'} no answer",
            href=f"{reverse('boards:moves', args=[force.slug])}?state=asked",
            hint="The head of the unit has not answered in time; you may answer for them",
            status="Late",
            colour="red",
        )
    ]


def _posts_to_fill(user: User, force: Force, day: date) -> list[Task]:
    return [
        Task(
            title=f"Match a person to post {waiting.post.reference}",
            href=reverse("boards:to-fill-post", args=[force.slug, waiting.pk]),
            hint=f"{waiting.post.rank}, {waiting.post.role}, {waiting.post.unit}",
            status="Late" if waiting.fill_by < day else f"By {waiting.fill_by:%-d %B %Y}",
            colour="red" if waiting.fill_by < day else "blue",
        )
        for waiting in posts_waiting_for(user, force)
    ]


def _skills(user: User, force: Force, day: date) -> list[Task]:
    """Self-assessments that wait, and where the user's units are short of a skill."""
    waiting = waiting_for(user, force, day).count()
    reach = user.reach(Action.SKILLS_CONFIRM, force)
    short = [each for each in shortages(force, day, day) if reach.covers(each.unit.path)]
    tasks = []
    if waiting:
        tasks.append(
            Task(
                title=f"Confirm {waiting} self-assessed {'skill' if waiting == 1 else 'skills'}",
                href=reverse("skills:to-confirm", args=[force.slug]),
                status="Waiting",
                colour="yellow",
            )
        )
    if short:
        tasks.append(
            Task(
                title=f"Close {len(short)} skill {'shortage' if len(short) == 1 else 'shortages'}",
                href=reverse("skills:shortages", args=[force.slug]),
                hint=f"The widest: {short[0].sentence}",
                status="Short",
                colour="red",
            )
        )
    return tasks


def _imports(force: Force) -> list[Task]:
    return [
        Task(
            title=f"Finish the import of {batch.file_name}",
            href=reverse("imports:batch", args=[force.slug, batch.pk]),
            hint=f"Uploaded by {batch.uploaded_by} on {batch.uploaded_at:%-d %B %Y}"
            if batch.uploaded_by
            else "",
            status=batch.get_state_display(),
            colour="yellow",
        )
        for batch in ImportBatch.objects.of_force(force).waiting().select_related("uploaded_by")
    ]


def _boards(user: User, force: Force, day: date) -> list[Task]:
    tasks = []
    board = next_board(force, day)
    if board is not None and user.may(Action.BOARD_PREPARE, force) and board.is_scheduled:
        tasks.append(
            Task(
                title=f"Publish the pack of the board on {board.held_on:%-d %B %Y}",
                href=reverse("boards:board", args=[force.slug, board.pk]),
                hint=f"The pack counts the figures of {board.pack_on:%-d %B %Y}",
                status="Due" if board.pack_on <= day else f"Due {board.pack_on:%-d %B %Y}",
                colour="red" if board.pack_on <= day else "blue",
            )
        )
    if user.may(Action.BOARD_APPROVE, force):
        tasks += [
            Task(
                title=f"Decide and approve the board of {published.held_on:%-d %B %Y}",
                href=reverse("boards:board", args=[force.slug, published.pk]),
                status="Pack published",
                colour="yellow",
            )
            for published in Board.objects.of_force(force).filter(state="published").order_by("held_on")
        ]
    overdue = board_actions_overdue(force, day).count()
    if overdue:
        tasks.append(
            Task(
                title=f"{overdue} board {'action is' if overdue == 1 else 'actions are'} overdue",
                href=reverse("boards:actions", args=[force.slug]),
                status="Overdue",
                colour="red",
            )
        )
    return tasks


def _messages(force: Force) -> list[Task]:
    trouble = (
        Delivery.objects.of_force(force)
        .filter(state__in=[DeliveryState.FAILED, DeliveryState.UNCONFIRMED])
        .order_by("-summary_id")
        .values_list("summary_id", flat=True)
    )
    held = list(trouble)
    if not held:
        return []
    return [
        Task(
            title=f"{len(held)} summary {'message needs' if len(held) == 1 else 'messages need'} a decision",
            href=reverse("inspection:summary", args=[force.slug, held[0]]),
            hint="They failed or are not confirmed",
            status="Look",
            colour="red",
        )
    ]


@dataclass(frozen=True)
class Standing:
    """Where the force stands on a day, for the tiles of the start page."""

    figures: list[dict[str, str]]
    latest_summary: Summary | None
    next_board: Board | None


def standing_of(user: User, force: Force, day: date) -> Standing:
    """A fixed number of queries, each only where the user may see its answer."""
    figures = []
    if user.may(Action.ESTABLISHMENT_VIEW, force):
        total = establishment_as_at(force, day).total
        overview = reverse("establishment:overview", args=[force.slug])
        vacancies = reverse("establishment:vacancies", args=[force.slug])
        figures = [
            {
                "label": "Establishment",
                "value": f"{total.establishment_fte:,.1f}",
                "note": "FTE",
                "href": overview,
            },
            {"label": "Strength", "value": f"{total.strength_fte:,.1f}", "note": "FTE", "href": overview},
            {
                "label": "Vacant",
                "value": f"{total.vacant_fte:,.1f}",
                "note": f"FTE in {total.vacant_posts:,} posts",
                "href": vacancies,
            },
        ]
    latest = None
    if user.may(Action.SUMMARY_VIEW, force):
        latest = Summary.objects.of_force(force).written().light().first()
    board = next_board(force, day) if user.may(Action.BOARD_VIEW, force) else None
    return Standing(figures, latest, board)
