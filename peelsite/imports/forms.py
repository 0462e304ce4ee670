"""What a person fills in on the way of an import."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from peelsite.forces.models import Force
from peelsite.imports.calc import Match, column_letters, match_columns
from peelsite.imports.models import ImportBatch
from peelsite.imports.services import batch_upload, remembered_headings
from peelsite.imports.targets import ImportTarget, target_of
from peelsite.web.editing.forms import ServiceForm
from peelsite.web.forms import GovukDateField

NOT_IN_FILE = ""
LONGEST_CHOICE = 90


class UploadForm(ServiceForm):
    """The file itself."""

    file = forms.FileField(
        label="Spreadsheet",
        help_text="An xlsx, xls, ods or csv file of up to 50 MB. Title rows above the headings and "
        "columns that "
        "the site does not need are no matter.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv,.txt,.tsv"}),
    )

    def __init__(self, *args: Any, force: Force, target: ImportTarget, user: Any, **kwargs: Any) -> None:
        self.force, self.target, self.user = force, target, user
        super().__init__(*args, **kwargs)

    def write(self) -> ImportBatch:
        content = self.cleaned_data["file"]
        try:
            return batch_upload(
                force=self.force,
                target=self.target,
                content=content,
                file_name=content.name,
                user=self.user,
            )
        except ValidationError as refused:
            raise ValidationError({"file": refused.messages}) from refused


class SheetForm(forms.Form):
    """Which sheet, and which of its first rows holds the headings."""

    mark_optional = False
    place = forms.ChoiceField(label="Sheet and row of headings")

    def __init__(self, *args: Any, batch: ImportBatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = {
            f"{number}:{row}": (sheet["name"], row)
            for number, sheet in enumerate(batch.sheets)
            for row in sheet["candidates"]
        }
        self.fields["place"].choices = [
            (value, f"{name}, headings in row {row}") for value, (name, row) in self.choices.items()
        ]
        self.fields["place"].initial = next(
            (value for value, place in self.choices.items() if place == (batch.sheet, batch.header_row)), None
        )

    @property
    def chosen(self) -> tuple[str, int]:
        return self.choices[self.cleaned_data["place"]]


class MappingForm(forms.Form):
    """For each column of the target the heading that holds it; every choice shows its first values."""

    mark_optional = False

    def __init__(self, *args: Any, batch: ImportBatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.target = target_of(batch.target)
        sheet = next(each for each in batch.sheets if each["name"] == batch.sheet)
        choices = [
            (str(place), _choice(place, header, samples))
            for place, (header, samples) in enumerate(zip(sheet["headers"], sheet["samples"], strict=True))
        ]
        self.matches: dict[str, Match] = match_columns(
            sheet["headers"], self.target.columns, remembered_headings(batch.force, batch.target)
        )
        needed = {name for group in self.target.needs for name in group if len(group) == 1}
        for column in self.target.columns:
            place = batch.mapping.get(column.name)
            empty = "Choose a column" if column.name in needed else "Not in the file"
            self.fields[f"column_{column.name}"] = forms.ChoiceField(
                label=column.label,
                help_text=column.help,
                required=False,
                choices=[(NOT_IN_FILE, empty), *choices],
                initial=NOT_IN_FILE if place is None else str(place),
            )
        for option in self.target.options:
            self.fields[f"option_{option.name}"] = forms.BooleanField(
                label=option.label,
                help_text=option.help,
                required=False,
                initial=batch.options.get(option.name, False),
            )
        self.needed = needed

    def _group(self, name: str) -> str:
        """ "asked", "known" or "left": how sure the site is of a column."""
        how = self.matches[name].how
        if how in ("exact", "remembered"):
            return "known"
        return "asked" if how == "guess" or name in self.needed else "left"

    def _fields_of(self, group: str) -> list[Any]:
        return [
            self[f"column_{column.name}"]
            for column in self.target.columns
            if self._group(column.name) == group
        ]

    @property
    def asked(self) -> list[Any]:
        """Columns that a person has to look at: guessed, or needed and not found."""
        return self._fields_of("asked")

    @property
    def known(self) -> list[Any]:
        return self._fields_of("known")

    @property
    def left(self) -> list[Any]:
        """Columns that the file does not seem to hold and that can be done without."""
        return self._fields_of("left")

    @property
    def options(self) -> list[Any]:
        return [self[f"option_{option.name}"] for option in self.target.options]

    @property
    def mapping(self) -> dict[str, int | None]:
        """The chosen place of each column."""
        chosen = {column.name: self.cleaned_data[f"column_{column.name}"] for column in self.target.columns}
        return {name: None if place == NOT_IN_FILE else int(place) for name, place in chosen.items()}

    @property
    def chosen_options(self) -> dict[str, bool]:
        return {option.name: self.cleaned_data[f"option_{option.name}"] for option in self.target.options}


def _choice(place: int, header: str, samples: list[str]) -> str:
    text = f"{column_letters(place)} {header}" + (f": {', '.join(samples)}" if samples else ": empty")
    return text if len(text) <= LONGEST_CHOICE else f"{text[: LONGEST_CHOICE - 1]}…"


class ExtractForm(forms.Form):
    """Declares a file to be a full extract as at a day."""

    as_at = GovukDateField(
        label="Full extract as at",
        help_text="What the file leaves out ends on the day before.",
        initial=timezone.localdate,
    )
