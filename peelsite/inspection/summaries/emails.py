"""The message of one summary to one person: answers first in plain text, HTML beside it, the PDF attached."""

from datetime import date

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from peelsite.inspection.summaries.exports import vacancy_sentence
from peelsite.inspection.summaries.models import Delivery, Summary
from peelsite.mail.backend import FORCE_HEADER


def summary_message(delivery: Delivery) -> EmailMultiAlternatives:
    """Built from the frozen issue alone, so that a second attempt is the same message."""
    summary = delivery.summary
    content = summary.content
    base = settings.SITE_URL.rstrip("/")
    slug = summary.force.slug
    context = {
        "content": content,
        "summary": summary,
        "as_at": date.fromisoformat(content["as_at"]),
        "next_board": date.fromisoformat(content["board"]["next"]) if content["board"]["next"] else None,
        "vacancy_sentence": vacancy_sentence(content["vacancies"]),
        "summary_url": base + reverse("inspection:summary", args=[slug, summary.pk]),
        "subscriptions_url": base + reverse("inspection:subscriptions", args=[slug]),
        "indicator_base": base,
        "slug": slug,
    }
    message = EmailMultiAlternatives(
        subject=f"[{content['marking']}] {content['force']}: {summary.heading.lower()}",
        body=render_to_string("inspection/email/summary.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[delivery.address],
        headers={
            "Message-ID": delivery.message_id,
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{context['subscriptions_url']}>",
            FORCE_HEADER: slug,
        },
    )
    message.attach_alternative(render_to_string("inspection/email/summary.html", context), "text/html")
    message.attach(file_name(summary), bytes(summary.pdf), "application/pdf")
    return message


def file_name(summary: Summary) -> str:
    """'OFFICIAL hertfordshire summary 2016-03-31.pdf': the marking travels with the file."""
    return f"{summary.content['marking']} {summary.force.slug} summary {summary.as_at:%Y-%m-%d}.pdf"
