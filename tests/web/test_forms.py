import datetime

import pytest
from django import forms
from django.forms import formset_factory
from django.template.loader import render_to_string

from peelsite.web.forms import GovukDateField, SummaryError, error_list
from tests.web.markup import elements, ids


class PostForm(forms.Form):
    reference = forms.CharField(max_length=5, help_text="As in the HR system.")
    rank = forms.ChoiceField(choices=[("", ""), ("sgt", "Sergeant")])
    kind = forms.ChoiceField(choices=[("a", "Acting"), ("t", "Temporary")], widget=forms.RadioSelect)
    days = forms.MultipleChoiceField(
        choices=[("m", "Monday"), ("t", "Tuesday")], widget=forms.CheckboxSelectMultiple, required=False
    )
    starts_on = GovukDateField(label="Start date", help_text="For example, 27 3 2016.")
    fte = forms.DecimalField(label="FTE", widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}))
    note = forms.CharField(widget=forms.Textarea, required=False)
    workbook = forms.FileField()
    secret = forms.CharField(widget=forms.PasswordInput(attrs={"placeholder": "Secret"}))
    agreed = forms.BooleanField(help_text="By the board.")
    page = forms.CharField(widget=forms.HiddenInput)


@pytest.fixture
def empty() -> str:
    return str(PostForm())


@pytest.fixture
def sent() -> PostForm:
    return PostForm({"reference": "POST-1", "starts_on_day": "31", "starts_on_month": "3"})


def test_each_control_has_its_class(empty):
    assert elements(empty, "input", id="id_reference", class_="govuk-input")
    assert elements(empty, "select", id="id_rank", class_="govuk-select")
    assert len(elements(empty, "input", type="radio", class_="govuk-radios__input")) == 2
    assert len(elements(empty, "input", type="checkbox", class_="govuk-checkboxes__input")) == 3
    assert elements(empty, "textarea", id="id_note", class_="govuk-textarea")
    assert elements(empty, "input", type="file", class_="govuk-file-upload")
    assert elements(empty, "input", id="id_secret", class_="govuk-js-password-input-input")
    (fte,) = elements(empty, "input", id="id_fte")
    assert fte["class"].split() == ["govuk-input--width-5", "govuk-input"]


def test_every_label_names_a_control_and_no_id_is_used_twice(empty):
    found = ids(empty)
    assert len(found) == len(set(found))
    labels = elements(empty, "label")
    assert labels
    assert all(label["for"] in found for label in labels)


def test_hints_and_errors_describe_their_control(sent):
    html = str(sent)
    (reference,) = elements(html, "input", id="id_reference")
    assert reference["aria-describedby"] == "id_reference_helptext id_reference_error"
    assert reference["aria-invalid"] == "true"
    assert "govuk-input--error" in reference["class"].split()
    assert {"id_reference_helptext", "id_reference_error"} <= set(ids(html))
    fieldsets = [fieldset.get("aria-describedby") for fieldset in elements(html, "fieldset")]
    assert "id_starts_on_helptext id_starts_on_error" in fieldsets


def test_the_browser_does_not_check_instead_of_the_server(empty):
    assert not [attrs for attrs in elements(empty, "input") if "required" in attrs]
    assert not [attrs for attrs in elements(empty, "input") if "placeholder" in attrs]


def test_optional_fields_say_so_unless_the_form_does_not_want_it(empty):
    assert "Days (optional)" in empty
    assert "Note (optional)" in empty
    assert "Reference (optional)" not in empty

    class Filter(PostForm):
        mark_optional = False

    assert "(optional)" not in str(Filter())


def test_only_the_box_that_is_wrong_is_marked(sent):
    html = str(sent)
    marked = {
        part: elements(html, "input", id=f"id_starts_on_{part}", class_="govuk-input--error")
        for part in ("day", "month", "year")
    }
    assert [part for part, found in marked.items() if found] == ["year"]
    (day,) = elements(html, "input", id="id_starts_on_day")
    assert day["value"] == "31"


def test_summary_leads_to_each_control_to_correct(sent):
    html = render_to_string("components/error_summary.html", {"form": sent})
    assert error_list(sent) == [
        SummaryError("Ensure this value has at most 5 characters (it has 6).", "id_reference"),
        SummaryError("Select rank", "id_rank"),
        SummaryError("Select kind", "id_kind_0"),
        SummaryError("Start date must include a year", "id_starts_on_year"),
        SummaryError("Enter FTE", "id_fte"),
        SummaryError("Select workbook", "id_workbook"),
        SummaryError("Enter secret", "id_secret"),
        SummaryError("Select agreed", "id_agreed"),
        SummaryError("Enter page", "id_page"),
    ]
    targets = {link["href"].removeprefix("#") for link in elements(html, "a")}
    assert targets <= set(ids(str(sent)))


def test_summary_keeps_quiet_while_nothing_is_wrong():
    assert render_to_string("components/error_summary.html", {"form": PostForm()}).strip() == ""
    assert render_to_string("components/error_summary.html", {"form": None}).strip() == ""


def test_summary_holds_errors_of_the_whole_form_and_of_a_formset():
    class Whole(forms.Form):
        name = forms.CharField(required=False)

        def clean(self):
            raise forms.ValidationError("The two postings overlap.")

    assert error_list(Whole({})) == [SummaryError("The two postings overlap.", "")]

    class Line(forms.Form):
        name = forms.CharField()

    lines = formset_factory(Line, extra=0)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-name": "x", "form-1-name": ""}
    )
    for line in lines.forms:
        line.empty_permitted = False
    assert error_list(lines) == [SummaryError("Enter name", "id_form-1-name")]


def test_what_was_typed_is_escaped():
    html = str(
        PostForm({"reference": '"><script>', "starts_on_day": '"><script>', "note": "</textarea><script>"})
    )
    assert "<script>" not in html


class DateForm(forms.Form):
    starts_on = GovukDateField(label="Start date")


def boxes(day: str, month: str, year: str) -> dict[str, str]:
    return {"starts_on_day": day, "starts_on_month": month, "starts_on_year": year}


@pytest.mark.parametrize(
    "data",
    [
        boxes("1", "4", "2016"),
        boxes("01", "04", "2016"),
        boxes(" 1", "April", "2016 "),
        boxes("1", "apr", "2016"),
        {"starts_on": "2016-04-01"},
    ],
)
def test_date_is_read(data):
    form = DateForm(data)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["starts_on"] == datetime.date(2016, 4, 1)


@pytest.mark.parametrize(
    ("data", "sentence", "target"),
    [
        (boxes("", "", ""), "Enter start date", "day"),
        ({}, "Enter start date", "day"),
        (boxes("1", "4", ""), "Start date must include a year", "year"),
        (boxes("", "4", ""), "Start date must include a day and year", "day"),
        (boxes("1", "4", "16"), "Year must include 4 numbers", "year"),
        (boxes("1", "4", "²016"), "Year must include 4 numbers", "year"),
        (boxes("1", "13", "2016"), "Start date must be a real date", "month"),
        (boxes("1", "ju", "2016"), "Start date must be a real date", "month"),
        (boxes("31", "2", "2016"), "Start date must be a real date", "day"),
        (boxes("29", "2", "2015"), "Start date must be a real date", "day"),
        (boxes("x", "2", "2015"), "Start date must be a real date", "day"),
        (boxes("1", "1", "0000"), "Start date must be a real date", "day"),
        ({"starts_on": "31/03/2016"}, "Start date must be a real date", "day"),
    ],
)
def test_date_is_refused_with_a_sentence_and_the_box_to_correct(data, sentence, target):
    assert error_list(DateForm(data)) == [SummaryError(sentence, f"id_starts_on_{target}")]


def test_date_of_a_field_without_label_is_named_after_it():
    class Unlabelled(forms.Form):
        left_on = GovukDateField()

    data = {"left_on_day": "1", "left_on_month": "4", "left_on_year": ""}
    assert error_list(Unlabelled(data))[0].sentence == "Left on must include a year"


def test_date_shows_its_initial_value():
    html = str(DateForm(initial={"starts_on": datetime.date(2016, 4, 1)}))
    values = [box["value"] for box in elements(html, "input", class_="govuk-date-input__input")]
    assert values == ["1", "4", "2016"]


def test_date_knows_whether_it_changed():
    initial = {"starts_on": datetime.date(2016, 4, 1)}
    assert not DateForm(boxes("1", "4", "2016"), initial=initial).has_changed()
    assert DateForm(boxes("2", "4", "2016"), initial=initial).has_changed()
    assert DateForm(boxes("x", "4", "2016"), initial=initial).has_changed()
