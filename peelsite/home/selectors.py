"""What waits for a person on the start page, and where the force stands."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from peelsite.accounts.models import User
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.imports.models import ImportBatch
from peelsite.inspection.summaries.models import Delivery, DeliveryState, Summary
from workforce.boards.meetings.models import Board
from workforce.boards.reports import board_actions_overdue, next_board, posts_waiting_for
from workforce.establishment.selectors import establishment_as_at


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
        tasks += _posts_to_fill(user, force, day)
    if user.may(Action.IMPORT_RUN, force):
        tasks += _imports(force)
    if user.may(Action.BOARD_VIEW, force):
        tasks += _boards(user, force, day)
    if user.may(Action.SUMMARY_SEND, force):
        tasks += _messages(force)
    return tasks


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
