"""`{% load peelsite_web %}`: figures, dates and form parts as the site shows them.

FTE is shown to one decimal place; `fte_exact` shows what is held (two to four places) and is for rows and
tooltips. Percentages are computed by their caller from unrounded values and rounded only here.
"""

import datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django import template
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from peelsite.web import forms

register = template.Library()

MINUS = "\u2212"
NOTHING = "–"


def _decimal(value: Any) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _rounded(number: Decimal, places: int) -> Decimal:
    """Half away from zero, as people round; a result of minus nought is nought."""
    rounded = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)


def _shown(number: Decimal, places: int) -> str:
    rounded = _rounded(number, places)
    return f"{MINUS if rounded < 0 else ''}{abs(rounded):,.{places}f}"


@register.filter
def fte(value: Any, places: int = 1) -> str:
    """Full-time equivalent: 1928.6543 -> '1,928.7'. None -> an en dash."""
    number = _decimal(value)
    return NOTHING if number is None else _shown(number, int(places))


@register.filter
def fte_exact(value: Any) -> str:
    """Full-time equivalent as held, two to four places: 0.8 -> '0.80', 0.6757 -> '0.6757'."""
    number = _decimal(value)
    if number is None:
        return NOTHING
    for places in (2, 3):
        if _rounded(number, places) == _rounded(number, 4):
            return _shown(number, places)
    return _shown(number, 4)


@register.filter
def headcount(value: Any) -> str:
    """A whole number of people or posts: 1928 -> '1,928'."""
    number = _decimal(value)
    return NOTHING if number is None else _shown(number, 0)


@register.filter
def signed_gap(value: Any, places: int = 1) -> str:
    """Establishment less strength, signed: 12 -> '+12.0' (posts unfilled), -3 -> '−3.0' (over strength)."""
    number = _decimal(value)
    if number is None:
        return NOTHING
    sign = "+" if _rounded(number, int(places)) > 0 else ""
    return sign + _shown(number, int(places))


@register.filter
def gap(value: Any, places: int = 1) -> SafeString | str:
    """The gap with its word, so that colour is never the only sign: '12.0 under', '3.0 over', '0.0'."""
    number = _decimal(value)
    if number is None:
        return NOTHING
    rounded = _rounded(number, int(places))
    kind, word = ("under", " under") if rounded > 0 else ("over", " over") if rounded < 0 else ("met", "")
    figure = _shown(abs(rounded), int(places))
    return format_html('<span class="peelsite-gap peelsite-gap--{}">{}{}</span>', kind, figure, word)


@register.filter
def percent(value: Any, places: int = 1) -> str:
    """A fraction as a percentage: 0.05432 -> '5.4%'. None -> an en dash."""
    number = _decimal(value)
    return NOTHING if number is None else f"{_shown(number * 100, int(places))}%"


@register.filter
def pounds(value: Any, places: int = 0) -> str:
    """Money: 1234567.5 -> '£1,234,568'; -20 -> '−£20'."""
    number = _decimal(value)
    if number is None:
        return NOTHING
    shown = _shown(number, int(places))
    return f"{MINUS}£{shown[1:]}" if shown.startswith(MINUS) else f"£{shown}"


def _local_day(value: Any) -> datetime.date | None:
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value if isinstance(value, datetime.date) else None


@register.filter
def day(value: Any) -> str:
    """A date, or the day of a time in London: '31 March 2016'."""
    found = _local_day(value)
    return NOTHING if found is None else date_format(found, "j F Y")


@register.filter
def daterange(value: Any) -> str:
    """A half-open range of days in words.

    [2016-03-01, 2016-04-01) -> '1 March 2016 to 31 March 2016'; without an end '1 March 2016 onwards';
    without a start 'until 31 March 2016'; one day '1 March 2016'; neither 'at any time'.
    """
    if value is None or value.isempty:
        return NOTHING
    last = None if value.upper is None else value.upper - datetime.timedelta(days=1)
    if value.lower is None:
        return "at any time" if last is None else f"until {day(last)}"
    if last is None:
        return f"{day(value.lower)} onwards"
    return day(last) if last == value.lower else f"{day(value.lower)} to {day(last)}"


@register.filter
def days_between(value: Any, until: Any = None) -> str:
    """Days from a date to another (today in London when none is given): '1 day', '412 days'."""
    start, end = _local_day(value), _local_day(until) or timezone.localdate()
    if start is None:
        return NOTHING
    days = (end - start).days
    return f"{days:,} day" if days == 1 else f"{days:,} days"


@register.filter
def days_ago(value: Any) -> str:
    """'today', 'yesterday', '12 days ago', 'tomorrow', 'in 3 days'."""
    found = _local_day(value)
    if found is None:
        return NOTHING
    days = (timezone.localdate() - found).days
    near = {0: "today", 1: "yesterday", -1: "tomorrow"}
    return near.get(days) or (f"{days:,} days ago" if days > 0 else f"in {-days:,} days")


@register.filter
def counted(value: Any, words: str) -> str:
    """`{{ 1|counted:"post,posts" }}` -> '1 post'; 1200 -> '1,200 posts'."""
    singular, plural = words.split(",")
    return f"{headcount(value)} {singular if value == 1 else plural}"


@register.filter
def has_errors(form: Any) -> bool:
    """Whether a bound form or formset has anything to correct; False for what is no form."""
    return bool(forms.error_list(form))


@register.filter
def error_list(form: Any) -> list[forms.SummaryError]:
    """Lines of the error summary."""
    return forms.error_list(form)


@register.filter
def is_numeric(column: Any) -> bool:
    """Whether a table's column holds figures: `numeric = True` on its class, or cells of class "numeric"."""
    if getattr(column.column, "numeric", False):
        return True
    return "numeric" in str(column.column.attrs.get("td", {}).get("class", "")).split()


@register.filter
def page_numbers(page: Any) -> list[int | None]:
    """First, last and the neighbours of a page; None stands for a gap."""
    last = page.paginator.num_pages
    near = sorted({1, last, *range(max(1, page.number - 1), min(last, page.number + 1) + 1)})
    shown: list[int | None] = []
    for before, number in zip([0, *near], near, strict=False):
        if number - before == 2:
            shown.append(number - 1)
        elif number - before > 2:
            shown.append(None)
        shown.append(number)
    return shown


@register.simple_tag(takes_context=True)
def query_page(context: dict[str, Any], field: str, number: int) -> str:
    """This page of addresses with another page number, under the name `field`."""
    return query_with(context, **{field: number})


@register.simple_tag(takes_context=True)
def query_with(context: dict[str, Any], **changes: Any) -> str:
    """This page's query string with some parameters changed, or removed where the new value is None."""
    request = context.get("request")
    query: QueryDict = request.GET.copy() if request else QueryDict(mutable=True)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}"


@register.filter
def author_words(author: Any, reader_id: int | None) -> str:
    """'Alex Sample at 3:07pm on 31 March 2016', or 'you, in another window, at …' to Alex Sample."""
    return author.words_for(reader_id)
