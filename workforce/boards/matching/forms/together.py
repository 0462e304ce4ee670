"""All waiting posts of a unit head at once: a person for each, as proposed or as chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from peelsite.accounts.models import User
from peelsite.web.editing.forms import ServiceForm
from workforce.boards.decisions.models import PostToFill
from workforce.boards.matching import services
from workforce.boards.matching.models import MoveProposal
from workforce.boards.matching.services import KIND_BY_SOURCE, Choice
from workforce.people.models import Person, PostingKind


@dataclass(frozen=True)
class Row:
    """A post with the people who may be chosen for it: (id, words), the best first."""

    to_fill: PostToFill
    on: date
    people: Sequence[tuple[int, str]]
    chosen: int | None


class TogetherForm(ServiceForm):
    """One choice for each post, `person_<id of the post to fill>`; empty: nobody now."""

    knowing = forms.BooleanField(
        label="Propose them all the same: I have settled this with those concerned", required=False
    )

    def __init__(self, *args: Any, rows: Sequence[Row], user: User, day: date, **kwargs: Any) -> None:
        self.rows, self.user, self.day = rows, user, day
        super().__init__(*args, **kwargs)
        for row in rows:
            self.fields[self.name_of(row)] = forms.TypedChoiceField(
                label=f"Post {row.to_fill.post.reference}: {row.to_fill.post.rank}, {row.to_fill.post.role}",
                choices=[("", "Nobody now"), *row.people],
                coerce=int,
                empty_value=None,
                required=False,
                initial=row.chosen,
            )
        self.fields["knowing"].widget = forms.HiddenInput()
        self.order_fields([*(self.name_of(row) for row in rows), "knowing"])

    mark_optional = False

    @staticmethod
    def name_of(row: Row) -> str:
        return f"person_{row.to_fill.pk}"

    def write(self) -> list[MoveProposal]:
        chosen = [
            (row, person) for row in self.rows if (person := self.cleaned_data[self.name_of(row)]) is not None
        ]
        people = Person.objects.in_bulk([person for _, person in chosen])
        return services.moves_propose(
            choices=[
                Choice(
                    to_fill=row.to_fill,
                    person=people[person],
                    starts_on=row.on,
                    kind=KIND_BY_SOURCE.get(row.to_fill.decision.source, PostingKind.SUBSTANTIVE),
                )
                for row, person in chosen
            ],
            knowing=self.cleaned_data["knowing"],
            user=self.user,
            day=self.day,
        )

    def _refuse(self, refused: ValidationError) -> None:
        super()._refuse(refused)
        # What may be accepted is told with what may not; the box is there from then on.
        self.fields["knowing"].widget = forms.CheckboxInput()
