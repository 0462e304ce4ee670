"""What HR fills in about a pack."""

from typing import Any

from django import forms

from peelsite.accounts.models import User
from peelsite.web.editing.forms import EditForm, ServiceForm
from workforce.boards.meetings.models import Board
from workforce.boards.pack.models import Dimension, PackNote
from workforce.boards.pack.selectors import lines_to_freeze
from workforce.boards.pack.services import note_change, note_write


def _text(**more: Any) -> forms.CharField:
    return forms.CharField(label="Note", max_length=600, widget=forms.Textarea(attrs={"rows": 4}), **more)


class NoteAddForm(ServiceForm):
    line = forms.ChoiceField(label="Line of the strength table")
    text = _text()

    def __init__(self, *args: Any, board: Board, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.board, self.user = board, user
        groups: dict[str, list[tuple[str, str]]] = {}
        for line in lines_to_freeze(board):
            heading = Dimension(line.dimension).label
            groups.setdefault(heading, []).append((f"{line.dimension}:{line.key}", line.label))
        self.fields["line"].choices = [("", "Choose a line"), *groups.items()]

    def write(self) -> PackNote:
        dimension, _, key = self.cleaned_data["line"].partition(":")
        return note_write(
            board=self.board, dimension=dimension, key=key, text=self.cleaned_data["text"], user=self.user
        )


class NoteChangeForm(EditForm):
    text = _text(required=False)
    ignored = frozenset({"written_at", "written_by"})

    def __init__(self, *args: Any, note: PackNote, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, record=note, **kwargs)

    def shown(self, record: PackNote) -> dict[str, Any]:
        return {"text": record.text}

    def write(self) -> PackNote:
        return note_change(note=self.record, text=self.cleaned_data["text"], user=self.user, seen=self.seen)
