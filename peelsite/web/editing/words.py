"""Values of a record as text: as a form sends them, and as people read them."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.postgres.fields import RangeField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst

from peelsite.web.templatetags import peelsite_web

NOTHING = "nothing"
# What no page shows: the force that never changes, the mark of an import, and a password's digest.
NOT_TOLD = frozenset({"force", "import_id", "password"})


def sent(field: forms.Field, value: Any) -> str:
    """A value as the field's box would send it: 'on', '2016-03-31', '0.8', '12', '3,7'."""
    if isinstance(field, forms.ModelMultipleChoiceField | forms.MultipleChoiceField):
        return ",".join(sorted(str(field.prepare_value(each)) for each in value or ()))
    value = field.prepare_value(value)
    if value is None or value is False:
        return ""
    if value is True:
        return "on"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(field, forms.DecimalField) or isinstance(value, Decimal):
        return f"{Decimal(str(value)).normalize():f}"
    return "\n".join(str(value).splitlines()).strip()


def of_field(field: forms.Field, text: str) -> str:
    """The same in words: the label of a choice, a day with its month's name."""
    if isinstance(field, forms.BooleanField):
        return "Yes" if text else "No"
    if not text:
        return NOTHING
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(_label_of(field, each) for each in text.split(","))
    if isinstance(field, forms.ModelChoiceField):
        return _label_of(field, text)
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(text, text))
    if isinstance(field, forms.DateField):
        return peelsite_web.day(date.fromisoformat(text))
    return text


def _label_of(field: Any, key: str) -> str:
    row = field.queryset.model._default_manager.filter(**{field.to_field_name or "pk": key}).first()
    return str(field.label_from_instance(row)) if row is not None else f"number {key}, no longer there"


def columns_of(record: models.Model) -> dict[str, str]:
    """The columns that people may edit, by name; the bounds of a range as 'name.lower' and 'name.upper'."""
    values = {}
    for column in record._meta.concrete_fields:
        if column.primary_key or not column.editable or column.generated or column.name in NOT_TOLD:
            continue
        if isinstance(column, RangeField):
            span = getattr(record, column.attname)
            for bound in ("lower", "upper"):
                end = getattr(span, bound, None)
                values[f"{column.name}.{bound}"] = "" if end is None else str(end)
        else:
            held = getattr(record, column.attname)
            values[column.name] = "" if held is None else column.value_to_string(record)
    return values


def column_label(record: models.Model, name: str) -> str:
    """'Unit', or 'During, last day' of a bound."""
    column, _, bound = name.partition(".")
    label = capfirst(str(record._meta.get_field(column).verbose_name))
    return f"{label}, {'first' if bound == 'lower' else 'last'} day" if bound else label


def of_column(record: models.Model, name: str, text: str) -> str:
    """A column's text in words. An upper bound is the first day after; people read the last day."""
    column, _, bound = name.partition(".")
    field = record._meta.get_field(column)
    if text == "":
        return NOTHING
    if bound:
        end = date.fromisoformat(text)
        return peelsite_web.day(end - timedelta(days=1) if bound == "upper" else end)
    if field.is_relation:
        row = field.related_model._default_manager.filter(pk=text).first()
        return str(row) if row is not None else f"number {text}, no longer there"
    return _plain(field, text)


def _plain(field: Any, text: str) -> str:
    try:
        value = field.to_python(text)
    except ValidationError:
        return text
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return plain(value)


def plain(value: Any) -> str:
    """A value that stands for itself: yes or no, a moment, a day, a number, or its text."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, date):
        return peelsite_web.day(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)
