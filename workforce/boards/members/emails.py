"""The message about one pack to one member: three sentences, five figures, the way to the pack.

Built from the frozen rows alone: a second attempt says the same under the same message id. It says nothing
about a named person.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from peelsite.mail.backend import FORCE_HEADER
from peelsite.web.context import MARKING
from peelsite.web.templatetags import peelsite_web
from workforce.boards.decisions.calc import day_words
from workforce.boards.members.calc import arrow
from workforce.boards.members.models import PackDelivery
from workforce.boards.pack.calc import ANSWERED_MONTHS
from workforce.boards.pack.selectors import Pack, pack_of
from workforce.boards.papers.exports.tables import months_ahead, range_words
from workforce.boards.papers.models import BoardPaper, PaperKind


@dataclass(frozen=True, kw_only=True)
class FigureMoved:
    """A figure with its arrow since the last pack, and what it was."""

    label: str
    value: str
    arrow: str
    before: str


def pack_message(delivery: PackDelivery) -> EmailMultiAlternatives:
    board = delivery.board
    pack = pack_of(board)
    base = settings.SITE_URL.rstrip("/")
    context = {
        "board": board,
        "heading": f"{board.series}, {day_words(board.held_on)}",
        "marking": MARKING,
        "sentences": sentences(pack),
        "figures": figures(pack),
        "pack_url": base + reverse("boards:board", args=[board.force.slug, board.pk]),
        "digest": board.pack_digest,
        "is_attached": delivery.attaches_pdf,
    }
    message = EmailMultiAlternatives(
        subject=" ".join(f"[{MARKING}] {board.force.name}: pack for {context['heading']}".split()),
        body=render_to_string("workforce/boards/email/pack.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[delivery.address],
        headers={
            "Message-ID": delivery.message_id,
            "Auto-Submitted": "auto-generated",
            FORCE_HEADER: board.force.slug,
        },
    )
    message.attach_alternative(render_to_string("workforce/boards/email/pack.html", context), "text/html")
    if delivery.attaches_pdf:
        paper = BoardPaper.objects.get(board=board, kind=PaperKind.PACK)
        name = f"{MARKING} {board.force.slug} board pack {board.held_on:%Y-%m-%d}.pdf"
        message.attach(name, bytes(paper.pdf), "application/pdf")
    return message


def sentences(pack: Pack) -> list[str]:
    """Three: where the force is short, where that is going, what is asked."""
    total, board = pack.total, pack.board
    short, over = peelsite_web.fte(total.under_fte), peelsite_web.fte(total.over_fte)
    first = (
        f"On {day_words(board.pack_on)} {board.force.name} was {short} FTE short in some places and {over} "
        "FTE over in others."
    )
    count = len(pack.items)
    asked = f"{count} {'decision is' if count == 1 else 'decisions are'} asked on {day_words(board.held_on)}"
    last = pack.last_time
    before = f"; of the {last.total} actions of last time: {last.words}" if last.total else ""
    return [first, _outlook(pack), f"{asked}{before}."]


def _outlook(pack: Pack) -> str:
    forecast = pack.forecast
    if forecast is None:
        return "No projection had been made by that day."
    parts = []
    for months in ANSWERED_MONTHS:
        place = months_ahead(forecast, months)
        gap = peelsite_web.signed_gap(forecast.gap[place])
        parts.append(f"{gap} ({range_words(forecast, place)}) in {months} months")
    return f"The gap of the whole force is projected at {' and '.join(parts)}."


_FIGURES = (
    ("Establishment, FTE", "establishment_fte"),
    ("Strength, FTE", "strength_fte"),
    ("Available for duty, FTE", "available_fte"),
    ("Short where short, FTE", "under_fte"),
    ("Over where over, FTE", "over_fte"),
)


def figures(pack: Pack) -> list[FigureMoved]:
    """Five, each with what it was in the last pack."""
    total = pack.total
    last = pack.edition.compared_with if pack.edition else None
    before = last.pack_lines.filter(dimension="total").first() if last else None
    told = []
    for label, name in _FIGURES:
        now, was = getattr(total, name), getattr(before, name) if before else None
        told.append(
            FigureMoved(
                label=label,
                value=peelsite_web.fte(now),
                arrow=arrow(now, was),
                before=peelsite_web.fte(was) if was is not None else "",
            )
        )
    return told
