"""Words of docstrings on a page."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def code_words(text: str) -> SafeString:
    """Text in which `words` between back ticks are shown as code."""
    escaped = conditional_escape(text)
    # Escaped already; only the two tags are added.
    return mark_safe(re.sub(r"`([^`]+)`", r"<code>\1</code>", escaped))  # noqa: S308
