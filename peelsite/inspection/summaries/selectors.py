"""Reads of summaries, subscriptions and deliveries."""

from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from peelsite.accounts.models import Membership, User
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.inspection.summaries.calc import (
    DAYS_BEFORE_BOARD,
    LONDON,
    IssueDue,
    board_issue,
    due_day,
    monthly_issue,
    quarterly_issue,
)
from peelsite.inspection.summaries.models import (
    Cadence,
    Delivery,
    Subscription,
    Summary,
    SummaryState,
)
from peelsite.jobs.models import Job
from peelsite.mail.deliveries.calc import OPEN
from peelsite.mail.deliveries.models import DeliveryState
from workforce.boards.meetings.models import Board

WRITE_JOB = "summary.write"


def issues_due(force: Force, now: datetime) -> list[IssueDue]:
    """Issues that somebody subscribed to and that are due by `now` but not begun. A fixed number of queries.

    Only the latest issue of each kind: after a long stop the months that were missed are not sent late.
    """
    starts = dict(
        Subscription.objects.of_force(force)
        .active()
        .values_list("cadence")
        .annotate(earliest=Min("starts_on"))
        .order_by()
    )
    found: list[IssueDue] = []
    if Cadence.MONTHLY in starts:
        found.append(monthly_issue(now))
    if Cadence.QUARTERLY in starts:
        found.append(quarterly_issue(now))
    if Cadence.BEFORE_BOARD in starts:
        today = now.astimezone(LONDON).date()
        near = list(
            Board.objects.of_force(force).filter(
                held_on__range=(today, today + timedelta(days=DAYS_BEFORE_BOARD))
            )
        )
        firsts = Summary.objects.of_force(force).filter(key__in=[f"board:{board.pk}" for board in near])
        begun_for = dict(firsts.values_list("key", "last_day"))
        found += [board_issue(board_id=board.pk, held_on=board.held_on, begun=begun_for) for board in near]
    begun = set(
        Summary.objects.of_force(force)
        .filter(key__in=[issue.key for issue in found])
        .values_list("key", flat=True)
    )
    return [
        issue
        for issue in found
        if issue.key not in begun and issue.due_at <= now and issue.due_at.date() >= starts[issue.cadence]
    ]


def previous_summary(force: Force, *, cadence: str, before: date, not_this: int) -> Summary | None:
    """The latest written issue of the same kind on an earlier day; of any kind when it is sent by hand."""
    earlier = Summary.objects.of_force(force).written().filter(as_at__lt=before).exclude(pk=not_this)
    if cadence != Cadence.NOW:
        earlier = earlier.filter(cadence=cadence)
    return earlier.defer("pdf").order_by("-as_at", "-written_at").first()


def may_receive(force: Force) -> QuerySet[User]:
    """People who may be sent this force's summaries: active members with a role that may view them."""
    members = Membership.objects.allowing(Action.SUMMARY_VIEW).filter(force=force)
    return User.objects.filter(is_active=True, pk__in=members.values("user_id")).order_by("name")


def subscribers_of(force: Force) -> list[tuple[User, list[str]]]:
    """Everybody who may be sent summaries, or once chose to, with the kinds that are on. Two queries."""
    kinds: dict[int, list[str]] = {}
    for subscription in Subscription.objects.of_force(force).active().order_by("starts_on", "pk"):
        kinds.setdefault(subscription.user_id, []).append(subscription.get_cadence_display())
    people = User.objects.filter(Q(pk__in=may_receive(force).values("pk")) | Q(pk__in=kinds)).order_by("name")
    return [(person, kinds.get(person.pk, [])) for person in people]


def recipients_of(summary: Summary) -> QuerySet[User]:
    """Whom an issue goes to: those chosen by hand, else the subscribers; only those who may receive it."""
    people = may_receive(summary.force)
    if summary.chosen:
        return people.filter(pk__in=summary.chosen)
    wanted = (
        Subscription.objects.of_force(summary.force)
        .active()
        .filter(cadence=summary.cadence, starts_on__lte=due_day(summary.cadence, summary.last_day))
    )
    return people.filter(pk__in=wanted.values("user_id"))


def summaries_of(force: Force) -> QuerySet[Summary]:
    """Issues with their counts of messages: one query for a list of any length.

    `is_stopped` marks an issue that is not written and that no job is writing.
    """
    writing = Job.objects.unfinished().filter(kind=WRITE_JOB, subject_id=OuterRef("pk"))
    return (
        Summary.objects.of_force(force)
        .light()
        .select_related("requested_by")
        .annotate(
            is_stopped=Q(state=SummaryState.WRITING) & ~Exists(writing),
            messages=Count("deliveries"),
            sent=Count("deliveries", filter=Q(deliveries__state=DeliveryState.SENT)),
            in_trouble=Count(
                "deliveries",
                filter=Q(deliveries__state__in=[DeliveryState.FAILED, DeliveryState.UNCONFIRMED]),
            ),
        )
        # Grouping drops the model's own order.
        .order_by("-as_at", "-requested_at")
    )


def deliveries_open(now: datetime) -> QuerySet[Delivery]:
    """Messages that are to be sent by now or were being sent when a worker was lost."""
    return Delivery.objects.filter(state__in=OPEN, try_at__lte=now)
