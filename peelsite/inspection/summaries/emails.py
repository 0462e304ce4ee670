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
    """Built from the frozen issue alone: a second attempt says the same under the same message id."""
    summary = delivery.summary
    content = summary.content
    base = settings.SITE_URL.rstrip("/")
    slug = summary.force.slug
    context = {
        "content": content,
        "summary": summary,
        "as_at": date.fromisoformat(content["as_at"]),
        "compared_on": date.fromisoformat(content["comparison"]["as_at"]) if content["comparison"] else None,
        "next_board": date.fromisoformat(content["board"]["next"]) if content["board"]["next"] else None,
        "vacancy_sentence": vacancy_sentence(content["vacancies"]),
        "summary_url": base + reverse("inspection:summary", args=[slug, summary.pk]),
        "subscriptions_url": base + reverse("inspection:subscriptions", args=[slug]),
        "indicator_base": base,
        "slug": slug,
    }
    message = EmailMultiAlternatives(
        subject=subject_of(summary),
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


def subject_of(summary: Summary) -> str:
    """'[OFFICIAL] Hertfordshire: inspection summary, March 2016', on one line whatever a name holds."""
    heading = summary.heading[:1].lower() + summary.heading[1:]
    content = summary.content
    return " ".join(f"[{content['marking']}] {content['force']}: {heading}".split())


def file_name(summary: Summary) -> str:
    """'OFFICIAL hertfordshire summary 2016-03-31.pdf': the marking travels with the file."""
    return f"{summary.content['marking']} {summary.force.slug} summary {summary.as_at:%Y-%m-%d}.pdf"
