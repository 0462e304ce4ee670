"""Forms that write through a service; and, of these, forms about a record that carry what they showed of it.

What a page showed travels with the form, signed, in a hidden field. When the service says that the record is
no longer that, the form comes back with everything typed in it, a table of what changed, and what it would
show now: fields that only the other person changed are taken over, fields changed on both sides ask which to
keep, and saving again merges.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.utils.text import capfirst

from peelsite.web.editing import words
from peelsite.web.editing.calc import Merged, merge
from peelsite.web.editing.records import SAME_MOMENT, EditConflict, Overtaken, Seen, SeenValues
from peelsite.web.editing.versions import Author, authors_of
from peelsite.web.forms import PARTS

SALT = "peelsite.editing"
THEIRS, MINE = "theirs", "mine"
KEEP = "keep_"
BESIDE = "beside."

UNKNOWN = (
    "This page does not say what you saw of the record when you opened it, so nothing is saved yet. "
    "Check what you typed against the record as it is now, then save again."
)

CHANGED_UNKNOWN = "Someone else changed this record"
GONE_UNKNOWN = "Someone else removed this record"


class ServiceForm(forms.Form):
    """A form whose `write` calls one service; what that refuses becomes an error on the field concerned.

    Clerks write the last day; services take the first day that no longer counts. `refused_as` maps the names
    of a service's arguments to the form's fields where they differ. `form_key` is new with each page: a page
    sent twice has one effect. `overtaken` is set when somebody else was first.
    """

    form_key = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=32, initial=lambda: secrets.token_hex(16)
    )

    refused_as: ClassVar[dict[str, str]] = {"ends_before": "ends_on"}
    overtaken: Overtaken | None = None

    def write(self) -> Any:
        raise NotImplementedError

    def saved(self) -> Any:
        """What the service made or changed; None when something is to be corrected first."""
        if not self.is_valid():
            return None
        try:
            return self.write()
        except ValidationError as refused:
            self._refuse(refused)
        except IntegrityError:
            self._refuse(Overtaken(SAME_MOMENT))
        return None

    def first_day_after(self, name: str = "ends_on") -> date | None:
        """The first day that no longer counts, after the last day that was written in a field."""
        last = self.cleaned_data.get(name)
        return last + timedelta(days=1) if last else None

    def sent_before(self, sentence: str) -> None:
        """Say that this page was sent before with something else in it; sending it again is a new one."""
        self.overtaken = Overtaken(sentence)
        self.add_error(None, self.overtaken)
        self._put("form_key", secrets.token_hex(16))

    def _refuse(self, refused: ValidationError) -> None:
        if isinstance(refused, Overtaken):
            self.overtaken = refused
        if not hasattr(refused, "error_dict"):
            self.add_error(None, refused)
            return
        for name, errors in refused.error_dict.items():
            field_name = self.refused_as.get(name, name)
            self.add_error(field_name if field_name in self.fields else None, errors)

    def _put(self, name: str, value: Any) -> None:
        """Let the form show a value for a field, in place of what was sent."""
        data, key, chosen = self.data.copy(), self.add_prefix(name), self.fields[name]
        for each in (key, *(f"{key}_{part}" for part in PARTS)):
            data.pop(each, None)
        if isinstance(chosen, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
            data.setlist(key, [each for each in value.split(",") if each])
        elif value or not isinstance(chosen, forms.BooleanField):
            data[key] = value
        self.data = data


@dataclass(frozen=True)
class ConflictRow:
    """One field that changed, in words. `outcome` says what the form did about it."""

    name: str
    label: str
    opened: str
    now: str
    author: Author | None
    typed: str
    outcome: str


@dataclass(frozen=True)
class Conflict:
    """What the page tells: the rows, and whether the record is gone altogether."""

    rows: list[ConflictRow]
    author: Author | None
    is_gone: bool


@dataclass(frozen=True)
class _Opened:
    """What the page showed, and the fields for which it asked whose value to keep."""

    values: Mapping[str, str]
    asked: list[str] = field(default_factory=list)


class EditForm(ServiceForm):
    """A form about a record. `shown(record)` gives the values of its fields, and is its initial too.

    `columns` maps a field to the record's column where the names differ: 'during.lower' and 'during.upper'
    are the bounds of a range, and None is a field that says something new although a column has its name.
    Every other column that people may edit is compared as well and told, under its own name.
    """

    base = forms.CharField(widget=forms.HiddenInput, required=False)

    columns: ClassVar[dict[str, str | None]] = {}
    # Fields that say something of the change and nothing of the record.
    remarks: ClassVar[frozenset[str]] = frozenset({"change_reason"})
    # Columns whose change is nothing to somebody who fills in this form.
    ignored: ClassVar[frozenset[str]] = frozenset()
    # Whether the whole record is compared, or the form's own fields only.
    is_whole: ClassVar[bool] = True
    conflict: Conflict | None = None

    def __init__(self, *args: Any, record: models.Model, **kwargs: Any) -> None:
        self.record = record
        # Asked once for the page: the row as it is under its lock is another object.
        self._first = record, self.shown(record)
        kwargs["initial"] = {**self._first[1], **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        del self.fields["form_key"]
        self._opened: _Opened | None = None
        if self.is_bound:
            self._opened = self._read_base()
            for name in self._opened.asked if self._opened else ():
                self._ask(name)
                if self.data.get(self.add_prefix(KEEP + name)) == THEIRS:
                    self._put(name, self._opened.values[name])

    def shown(self, record: Any) -> dict[str, Any]:
        """The values of the form's fields, as `initial` takes them."""
        raise NotImplementedError

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        # Only when the page is shown: rooms may still take fields away when the form is made.
        return (
            self._signed(self.record)
            if field_name == "base"
            else super().get_initial_for_field(field, field_name)
        )

    @property
    def seen(self) -> Seen:
        """What the page showed, for the service to compare with the row under its lock."""
        opened = self._opened.values if self._opened else {}
        return SeenValues(opened, self._values_of)

    def saved(self) -> Any:
        if not self.is_valid():
            return None
        if self._opened is None:
            self._come_back(self.record, UNKNOWN)
            return None
        try:
            return self.write()
        except EditConflict as refused:
            self.overtaken = refused
            if refused.now is None:
                self._tell_gone()
                return None
            now = self._values_of(refused.now)
            merged = merge(self._opened.values, now, self._typed())
            if self._is_already_so(merged):
                return refused.now
            self._tell(refused.now, now, merged)
        except ValidationError as refused:
            self._refuse(refused)
        except IntegrityError:
            self._refuse(Overtaken(SAME_MOMENT))
        return None

    def _is_already_so(self, merged: Merged) -> bool:
        """Whether the record is by now exactly as typed: a page sent twice, or two people of one mind."""
        of_record = {name for name in self.fields if name in self._opened.values}
        own = {
            name
            for name in self.fields
            if name != "base" and name not in self.remarks and not name.startswith(KEEP)
        }
        return of_record == own and merged.changed == merged.same

    # What was there, what is there, what was typed.

    def _column_of(self, name: str) -> str | None:
        return self.columns.get(name, name)

    def _values_of(self, record: Any) -> dict[str, str]:
        """The record as text, by field of the form, then by the columns that the form does not hold."""
        first, shown = self._first
        if record is not first:
            shown = self.shown(record)
        values = {
            name: words.sent(self.fields[name], value)
            for name, value in shown.items()
            if name in self.fields and self._column_of(name) is not None
        }
        if not self.is_whole:
            return values
        covered = {self._column_of(name) for name in values}
        return values | {
            BESIDE + column: text
            for column, text in words.columns_of(record).items()
            if column not in covered | self.ignored
        }

    def _typed(self) -> dict[str, str]:
        return {
            name: words.sent(self.fields[name], self.cleaned_data.get(name))
            for name in self._opened.values
            if name in self.fields
        }

    def _signed(self, record: Any, asked: tuple[str, ...] = ()) -> str:
        content = {"of": self._key(), "values": self._values_of(record), "asked": list(asked)}
        return signing.dumps(content, salt=SALT, compress=True)

    def _key(self) -> str:
        return f"{type(self).__name__}:{self.record._meta.label_lower}:{self.record.pk}"

    def _read_base(self) -> _Opened | None:
        try:
            content = signing.loads(self.data.get(self.add_prefix("base"), ""), salt=SALT)
        except signing.BadSignature:
            return None
        return _Opened(content["values"], content["asked"]) if content["of"] == self._key() else None

    # The page that comes back.

    def _tell(self, record: Any, now: Mapping[str, str], merged: Merged) -> None:
        self.record = record
        self.conflict = self._conflict(record, now, merged)
        for name in merged.theirs:
            self._put(name, now[name])
        for name in self._opened.asked:
            self.fields.pop(KEEP + name, None)
        self._opened = _Opened(now, list(merged.collisions))
        for name in merged.collisions:
            self._ask(name)
            self._put(KEEP + name, "")
        self._come_back(record, self._sentence(merged), merged.collisions)
        for name in merged.collisions:
            self.add_error(KEEP + name, f"{self._label(name)}: choose whose to keep")

    def _tell_gone(self) -> None:
        author = authors_of(self.record._meta.model, self.record.pk, ()).get("")
        self.conflict = Conflict([], author, is_gone=True)
        who = f"{capfirst(author.who)} removed this record at {author.moment}" if author else GONE_UNKNOWN
        self.add_error(None, f"{who}, so nothing of yours is saved. Copy below what you still need of it.")

    def _come_back(self, record: Any, sentence: str, asked: tuple[str, ...] = ()) -> None:
        """The form as it was sent, with the sentence, and with the record as it is now for its base."""
        self.overtaken = self.overtaken or Overtaken(sentence)
        self.add_error(None, sentence)
        self._put("base", self._signed(record, asked))

    def _sentence(self, merged: Merged) -> str:
        author = self.conflict.author
        who = f"{capfirst(author.who)} changed this record at {author.moment}" if author else CHANGED_UNKNOWN
        ask = (
            "Choose below where you both changed the same, then save again."
            if merged.collisions
            else "What you typed is kept. Check it below, then save again."
        )
        return f"{who}, after you opened it, so nothing of yours is saved yet. {ask}"

    def _conflict(self, record: Any, now: Mapping[str, str], merged: Merged) -> Conflict:
        columns = {name: self._table_column(name) for name in merged.changed}
        authors = authors_of(record._meta.model, record.pk, set(columns.values())) if self.is_whole else {}
        outcomes = {
            **dict.fromkeys(merged.theirs, "taken"),
            **dict.fromkeys(merged.same, "same"),
            **dict.fromkeys(merged.collisions, "choose"),
            **dict.fromkeys(merged.beside, "beside"),
        }
        typed = self._typed()
        rows = [
            ConflictRow(
                name=name,
                label=self._label(name),
                opened=self._words(name, self._opened.values.get(name, "")),
                now=self._words(name, now[name]),
                author=authors.get(columns[name]) or authors.get(""),
                typed=self._words(name, typed[name]) if outcomes[name] in ("same", "choose") else "",
                outcome=outcomes[name],
            )
            for name in now
            if name in outcomes
        ]
        return Conflict(rows, authors.get(""), is_gone=False)

    def _table_column(self, name: str) -> str:
        column = name.removeprefix(BESIDE) if name.startswith(BESIDE) else self._column_of(name)
        return (column or "").split(".")[0]

    def _label(self, name: str) -> str:
        if name in self.fields:
            return str(self[name].label)
        return words.column_label(self.record, name.removeprefix(BESIDE))

    def _words(self, name: str, text: str) -> str:
        if name in self.fields:
            return words.of_field(self.fields[name], text)
        return words.of_column(self.record, name.removeprefix(BESIDE), text)

    def _ask(self, name: str) -> None:
        """A choice after the field: what the other person wrote, or what stands in the box."""
        if name not in self.fields:
            return
        theirs = self._words(name, self._opened.values[name])
        self.fields[KEEP + name] = forms.ChoiceField(
            label=f"{self._label(name)}: whose is kept?",
            choices=[(THEIRS, f"Theirs: {theirs}"), (MINE, "Mine, as it stands in the form above")],
            widget=forms.RadioSelect,
            error_messages={"required": f"{self._label(name)}: choose whose to keep"},
        )
        self.order_fields(None)

    def order_fields(self, field_order: Iterable[str] | None) -> None:
        """As asked, with each choice of whose to keep right after its field."""
        super().order_fields(field_order)
        names = [name for name in self.fields if not name.startswith(KEEP)]
        for keep in [name for name in self.fields if name.startswith(KEEP)]:
            names.insert(names.index(keep.removeprefix(KEEP)) + 1, keep)
        self.fields = {name: self.fields[name] for name in names}
