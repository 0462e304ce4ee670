"""GOV.UK markup for every Django form, and the three-box date.

`{{ form }}` and `{{ form.field.as_field_group }}` give label, hint (from help_text), error message and
control; `components/error_summary.html`, which base.html includes for `form`, links to each box to correct.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import pretty_name
from django.utils import formats

PARTS = ("day", "month", "year")
SHOW_HIDE_CLASSES = "govuk-password-input__input govuk-js-password-input-input"
GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)
CHOICES = (forms.Select, forms.CheckboxInput, *GROUPS)

# The first that fits, the special before the general.
_CLASSES: tuple[tuple[type[forms.Widget] | tuple[type[forms.Widget], ...], str], ...] = (
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    ((forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget), ""),
    (forms.FileInput, "govuk-file-upload"),
    (forms.Select, "govuk-select"),
    (forms.Textarea, "govuk-textarea"),
    (forms.widgets.Input, "govuk-input"),
)


def _lower_first(label: str) -> str:
    """'Start date' -> 'start date'; 'FTE' and other capitals stay."""
    first_word = label.split(" ", 1)[0]
    return label if first_word.isupper() and len(first_word) > 1 else label[:1].lower() + label[1:]


def _class_of(widget: forms.Widget) -> str:
    """The design system's class of a control; none for groups, whose templates set it on each part."""
    for kinds, name in _CLASSES:
        if isinstance(widget, kinds):
            return name
    return ""


class GovukBoundField(BoundField):
    """A bound field that knows the design system's classes, sentences and link targets."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        # The browser's own bubbles hide the error summary; the server answers every mistake in one place.
        attrs.pop("required", None)
        if widget.is_hidden:
            return attrs
        # A placeholder goes away when one begins to type: labels and hints say what it would say.
        attrs["placeholder"] = False
        own = _class_of(widget)
        classes = [
            widget.attrs.get("class"),
            attrs.get("class"),
            own,
            own and self.errors and f"{own}--error",
            isinstance(widget, forms.PasswordInput) and SHOW_HIDE_CLASSES,
        ]
        if any(classes):
            attrs["class"] = " ".join(name for name in classes if name)
        if isinstance(widget, GovukDateWidget):
            attrs["wrong_parts"] = self._wrong_parts()
        return attrs

    @property
    def label_text(self) -> str:
        """The label, marked '(optional)' where the form says so: by default every field not required."""
        optional = not self.field.required and getattr(self.form, "mark_optional", True)
        return f"{self.label} (optional)" if optional and not self.is_checkbox else str(self.label)

    @property
    def is_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_password(self) -> bool:
        return isinstance(self.field.widget, forms.PasswordInput)

    @property
    def is_date(self) -> bool:
        return isinstance(self.field.widget, GovukDateWidget)

    @property
    def sentences(self) -> list[str]:
        """Error messages as shown: Django's 'This field is required.' becomes 'Enter start date'."""
        return [sentence for error in self._error_data() for sentence in self._sentences_of(error)]

    def _sentences_of(self, error: ValidationError) -> list[str]:
        if error.code == "required" and error.message == forms.Field.default_error_messages["required"]:
            choosing = isinstance(self.field.widget, CHOICES) or isinstance(self.field, forms.FileField)
            return [f"{'Select' if choosing else 'Enter'} {_lower_first(str(self.label))}"]
        return list(error.messages)

    def _error_data(self) -> list[ValidationError]:
        errors = self.form.errors.get(self.name)
        return list(errors.as_data()) if errors else []

    def _wrong_parts(self) -> tuple[str, ...]:
        """Boxes to mark: those an error names, else all three."""
        parts: list[str] = []
        for error in self._error_data():
            parts.extend((getattr(error, "params", None) or {}).get("parts", PARTS))
        return tuple(part for part in PARTS if part in parts)

    @property
    def error_target(self) -> str:
        """Id of the control that the error summary leads to: the first box or choice of a group."""
        if self.is_date:
            wrong = self._wrong_parts()
            return f"{self.auto_id}_{wrong[0] if wrong else 'day'}"
        if isinstance(self.field.widget, GROUPS):
            return f"{self.auto_id}_0"
        return self.id_for_label


class GovukRenderer(TemplatesSetting):
    """FORM_RENDERER: the project's own templates, then Django's."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
    bound_field_class = GovukBoundField


class GovukDateWidget(forms.Widget):
    """Day, month and year in three boxes named `<name>_day`, `<name>_month`, `<name>_year`.

    One value under the plain name is read as well (`?as_at=2016-03-31`), so that a link can carry a day.
    """

    template_name = "web/forms/date.html"
    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        boxes = [data.get(f"{name}_{part}") for part in PARTS]
        if all(box is None for box in boxes):
            return data.get(name)
        return tuple((box or "").strip() for box in boxes)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and all(f"{name}_{part}" not in data for part in PARTS)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        attrs = dict(attrs or {})
        wrong = attrs.pop("wrong_parts", ())
        context = super().get_context(name, value, attrs)
        id_ = context["widget"]["attrs"].get("id", name)
        context["widget"]["boxes"] = [
            {
                "part": part,
                "id": f"{id_}_{part}",
                "name": f"{name}_{part}",
                "label": part.capitalize(),
                "value": shown,
                "width": 4 if part == "year" else 2,
                "wrong": part in wrong,
            }
            for part, shown in zip(PARTS, self._boxes_of(value), strict=True)
        ]
        return context

    def format_value(self, value: Any) -> Any:
        return value

    @staticmethod
    def _boxes_of(value: Any) -> tuple[str, str, str]:
        if isinstance(value, tuple):
            return value
        if isinstance(value, str):
            try:
                value = datetime.date.fromisoformat(value)
            except ValueError:
                return (value, "", "")
        if isinstance(value, datetime.date):
            return (str(value.day), str(value.month), str(value.year))
        return ("", "", "")

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_day" if id_ else id_


class GovukDateField(forms.DateField):
    """A date typed as three numbers (a month's name is understood), or one ISO date; cleans to a date.

    Errors are the design system's sentences: "Start date must include a year",
    "Start date must be a real date".
    """

    widget = GovukDateWidget

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundField:
        # Sentences need the label that the form makes of the field's name.
        if self.label is None:
            self.label = pretty_name(field_name)
        return super().get_bound_field(form, field_name)

    def to_python(self, value: Any) -> datetime.date | None:
        if isinstance(value, tuple):
            return self._date_of(value)
        if value in self.empty_values or isinstance(value, datetime.date):
            return super().to_python(value)
        try:
            return datetime.date.fromisoformat(str(value).strip())
        except ValueError:
            raise self._error("must be a real date", PARTS) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True

    def _date_of(self, boxes: tuple[str, str, str]) -> datetime.date | None:
        missing = [part for part, box in zip(PARTS, boxes, strict=True) if not box]
        if len(missing) == len(PARTS):
            return None
        if missing:
            named = " and ".join(missing)
            raise self._error(f"must include a {named}", missing)
        day, month, year = boxes
        if not (year.isascii() and year.isdigit() and len(year) == 4):
            raise ValidationError("Year must include 4 numbers", code="invalid", params={"parts": ["year"]})
        month_number = self._month_number(month)
        if month_number is None:
            raise self._error("must be a real date", ["month"])
        if not (day.isascii() and day.isdigit()):
            raise self._error("must be a real date", ["day"])
        try:
            return datetime.date(int(year), month_number, int(day))
        except ValueError:
            raise self._error("must be a real date", ["day"]) from None

    @staticmethod
    def _month_number(month: str) -> int | None:
        if month.isascii() and month.isdigit():
            return int(month) if 1 <= int(month) <= 12 else None
        if len(month) < 3:
            return None
        named = [
            number
            for number in range(1, 13)
            if formats.date_format(datetime.date(2000, number, 1), "F").lower().startswith(month.lower())
        ]
        return named[0] if len(named) == 1 else None

    def _error(self, what: str, parts: Any) -> ValidationError:
        params = {"label": self.label or "Date", "parts": list(parts)}
        return ValidationError(f"%(label)s {what}", code="invalid", params=params)


@dataclass(frozen=True)
class SummaryError:
    """One line of the error summary; `target` is the id to jump to, empty for an error of the whole form."""

    sentence: str
    target: str


def error_list(form: Any) -> list[SummaryError]:
    """Every error of a form, or of a formset and its forms, in the order of the fields on the page."""
    if hasattr(form, "forms"):
        own = [SummaryError(sentence, "") for sentence in form.non_form_errors()]
        return own + [error for each in form.forms for error in error_list(each)]
    if not isinstance(form, forms.BaseForm) or not form.is_bound:
        return []
    whole = [SummaryError(sentence, "") for sentence in form.non_field_errors()]
    return whole + [
        SummaryError(sentence, field.error_target) for field in form for sentence in field.sentences
    ]
