"""Fields by which a clerk names a post, a person or a last day."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from peelsite.forces.models import Force
from peelsite.web.forms import GovukDateField
from workforce.establishment.models import Post
from workforce.people.models import Person


class _NamedField(forms.CharField):
    """A row of the force by what people call it; cleans to the row, or None when left empty."""

    model: ClassVar[type[models.Model]]
    column: ClassVar[str]
    noun: ClassVar[str]

    def __init__(self, *, force: Force, **kwargs: Any) -> None:
        self.force = force
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        found = self.model.objects.of_force(self.force).filter(**{f"{self.column}__iexact": text}).first()
        if found is None:
            raise ValidationError(f"{self.force.name} has no {self.noun} {text}. Check what you typed.")
        return found

    def prepare_value(self, value: Any) -> Any:
        return getattr(value, self.column) if isinstance(value, self.model) else value


class PostReferenceField(_NamedField):
    model, column, noun = Post, "reference", "post with reference"


class PersonNumberField(_NamedField):
    model, column, noun = Person, "number", "person with number"


class LastDayField(GovukDateField):
    """The last day on which something still holds."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Last day")
        super().__init__(**kwargs)


def last_day_of(span: Any) -> date | None:
    """The last day of a half-open range, None of an open one."""
    return span.upper - timedelta(days=1) if span.upper else None
