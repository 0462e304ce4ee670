"""Emails about proposed moves, sent by jobs: a head is asked, and whoever proposed reads the answer."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from peelsite.accounts.models import User
from peelsite.jobs.models import Job
from peelsite.jobs.services import job_queue
from peelsite.jobs.tasks import job_task
from peelsite.mail.backend import FORCE_HEADER
from peelsite.mail.services import NotSent, Unconfirmed, message_hand_over
from workforce.boards.matching.models import AskedState, MoveAsked, MoveProposal, MoveState
from workforce.boards.matching.selectors.moves import heads_of

ASKED_JOB, ANSWERED_JOB = "boards.move_asked", "boards.move_answered"
MARKING = "OFFICIAL"


def mails_queue(proposal: MoveProposal) -> None:
    """Queue the emails that a proposal calls for now: to the heads who are still asked, or of the answer."""
    kinds = {
        MoveState.ASKED: ASKED_JOB,
        MoveState.LATER: ANSWERED_JOB,
        MoveState.REFUSED: ANSWERED_JOB,
        MoveState.AGREED: ANSWERED_JOB,
        MoveState.DONE: ANSWERED_JOB,
    }
    kind = kinds.get(MoveState(proposal.state))
    # Nobody needs to be told of what they did themselves.
    if kind is None or not proposal.asked.exists():
        return
    job = job_queue(
        kind=kind, subject_id=proposal.pk, force=proposal.force, requested_by=proposal.proposed_by
    )
    job_task.delay_on_commit(job.pk)


def asked_job(job: Job) -> dict[str, Any]:
    """One message to each head of each unit that is still asked."""
    sent = 0
    asked = MoveAsked.objects.filter(proposal=job.subject_id, state=AskedState.WAITING).select_related("unit")
    for each in asked:
        proposal = MoveProposal.objects.with_labels().get(pk=each.proposal_id)
        address = reverse("boards:move-answer", args=[proposal.force.slug, each.pk])
        for head in heads_of(each.unit):
            _send(
                head,
                proposal,
                subject=f"May {proposal.person.full_name} go to {proposal.post.unit}?",
                template="workforce/boards/email/move_asked.txt",
                address=address,
                message_id=f"<move-asked-{each.pk}-{head.pk}@{_host()}>",
            )
            sent += 1
    return {"messages": sent}


def answered_job(job: Job) -> dict[str, Any]:
    """One message to whoever proposed the move."""
    proposal = MoveProposal.objects.with_labels().get(pk=job.subject_id)
    _send(
        proposal.proposed_by,
        proposal,
        subject=f"{proposal.person.full_name} to post {proposal.post.reference}: "
        f"{proposal.get_state_display().lower()}",
        template="workforce/boards/email/move_answered.txt",
        address=reverse("boards:move-proposal", args=[proposal.force.slug, proposal.pk]),
        message_id=f"<move-answered-{proposal.pk}-{proposal.state}@{_host()}>",
    )
    return {"messages": 1}


def _send(
    user: User, proposal: MoveProposal, *, subject: str, template: str, address: str, message_id: str
) -> None:
    context = {
        "user": user,
        "move": proposal,
        "answers": list(proposal.asked.select_related("unit", "answered_by")),
        "href": settings.SITE_URL.rstrip("/") + address,
    }
    message = EmailMessage(
        subject=f"[{MARKING}] {' '.join(subject.split())}",
        body=render_to_string(template, context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[user.email],
        headers={
            "Message-ID": message_id,
            "Auto-Submitted": "auto-generated",
            FORCE_HEADER: proposal.force.slug,
        },
    )
    try:
        message_hand_over(message=message, before_end=lambda: None)
    except (NotSent, Unconfirmed) as fault:
        raise ValidationError(str(fault)) from fault


def _host() -> str:
    return settings.SITE_URL.split("//")[-1].split("/")[0].split(":")[0] or "peelsite.invalid"
