"""Every component on one page, with plainly invented content: what to look at when a component changes."""

import datetime
from decimal import Decimal
from types import SimpleNamespace

import django_tables2
from django import forms
from django.contrib import messages
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string

from peelsite.web.forms import GovukDateField
from peelsite.web.lists import DayColumn, FteColumn, ListPage, NumberColumn, RangeColumn

_PLACES = ("Northwood", "Southmere", "Eastholt", "Westbeck")
_ROLES = ("Response", "Neighbourhood", "Control room", "Custody", "Intelligence")
_LAST_DAY = datetime.date(2016, 4, 1)


def _rows() -> list[dict[str, object]]:
    return [
        {
            "reference": f"POST-{number:04d}",
            "role": _ROLES[number % len(_ROLES)],
            "location": _PLACES[number % len(_PLACES)],
            "fte": Decimal(number % 3 + 1) / 2,
            "people": number % 4,
            "vacant_since": _LAST_DAY - datetime.timedelta(days=number * 11),
            "during": DateRange(datetime.date(2015, 4, 1), _LAST_DAY if number % 2 else None),
        }
        for number in range(1, 241)
    ]


class SamplePostTable(django_tables2.Table):
    reference = django_tables2.Column(verbose_name="Post")
    role = django_tables2.Column()
    location = django_tables2.Column()
    fte = FteColumn(verbose_name="FTE")
    people = NumberColumn(verbose_name="Headcount")
    vacant_since = DayColumn()
    during = RangeColumn(verbose_name="Funded", orderable=False)

    class Meta:
        attrs = {"caption": "Sample posts", "caption_hidden": True, "row_headers": True}
        empty_text = "No posts match. Clear the filter to see all of them."


class SampleForm(forms.Form):
    """One field of each kind."""

    reference = forms.CharField(
        max_length=20, help_text="As it stands in the HR system, for example POST-0042."
    )
    role = forms.ChoiceField(choices=[("", "Choose a role"), *((role, role) for role in _ROLES)])
    category = forms.ChoiceField(
        choices=[("officer", "Police officer"), ("staff", "Police staff"), ("pcso", "PCSO")],
        widget=forms.RadioSelect,
    )
    duties = forms.MultipleChoiceField(
        choices=[("days", "Days"), ("nights", "Nights")], widget=forms.CheckboxSelectMultiple, required=False
    )
    starts_on = GovukDateField(label="Start date", help_text="For example, 27 3 2016.")
    fte = forms.DecimalField(
        label="FTE",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
        help_text="1 is full time.",
    )
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), required=False)
    workbook = forms.FileField(help_text="xlsx, xls, ods or csv.")
    supernumerary = forms.BooleanField(
        required=False, label="Supernumerary", help_text="The person does not fill the post's FTE."
    )


class SampleFilterForm(forms.Form):
    role = forms.ChoiceField(choices=[("", "Any"), *((role, role) for role in _ROLES)], required=False)
    location = forms.ChoiceField(
        choices=[("", "Any"), *((place, place) for place in _PLACES)], required=False
    )
    mark_optional = False


def show(request: HttpRequest) -> HttpResponseBase:
    form = SampleForm(request.POST, request.FILES) if request.method == "POST" else SampleForm()
    if request.method == "POST" and form.is_valid():
        messages.success(request, "The sample was correct. Nothing was saved.")
    filter_form = SampleFilterForm(request.GET)
    rows = _rows()
    if filter_form.is_valid():
        asked = {name: value for name, value in filter_form.cleaned_data.items() if value}
        rows = [row for row in rows if all(row[name] == value for name, value in asked.items())]
    page = ListPage(
        request, table_class=SamplePostTable, queryset=rows, title="Sample posts", row_words="post,posts"
    )
    context = {
        "heading": "Components",
        "breadcrumbs": [("Start", "/")],
        "form": form,
        "filter_form": filter_form,
        "list_page": page,
        "figures": [
            {"label": "Establishment", "value": "1,963.0", "note": "FTE of funded posts", "href": "#sample"},
            {"label": "Strength", "value": "1,928.7", "note": "FTE of people in post"},
            {"label": "Gap", "value": "34.3 under", "note": "41 posts vacant", "kind": "warning"},
            {"label": "Actions on time", "value": "12 of 12", "kind": "good"},
        ],
        "tasks": [
            {
                "title": "Match a person to 3 posts",
                "href": "#sample",
                "hint": "Northwood response",
                "status": "Overdue",
                "colour": "red",
            },
            {
                "title": "Publish the pack of the 12 December board",
                "href": "#sample",
                "status": "Due in 3 days",
            },
        ],
        "rows": [
            {"term": "Rank", "value": "Sergeant", "href": "#sample"},
            {"term": "Location", "value": "Southmere"},
        ],
        "gaps": [Decimal("12.04"), Decimal("-3"), Decimal(0)],
        "progress": SimpleNamespace(
            label="Reading posts.xlsx",
            done=120_000,
            total=235_000,
            percent=51,
            finished=False,
            note="412 refused",
        ),
        "chart": SimpleNamespace(
            svg=render_to_string("web/gallery_chart.svg"),
            title="Establishment and strength",
            description="FTE at 31 March 2016, invented.",
            columns=["Measure", "FTE"],
            rows=[["Establishment", "1,963.0"], ["Strength", "1,928.7"]],
        ),
    }
    return page.download() or render(request, "web/gallery.html", context)
