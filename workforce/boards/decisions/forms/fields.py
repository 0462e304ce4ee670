"""The fields of a decision of one kind, in their order, with what one must know to choose."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, QuerySet, When

from peelsite.accounts.models import User
from peelsite.forces.models import JointUnit, Location, Unit
from peelsite.web.forms import GovukDateField
from workforce.boards.agenda.calc import counted, fte_words
from workforce.boards.agenda.models import AgendaItem
from workforce.boards.decisions.calc import listed
from workforce.boards.decisions.models import DecisionKind, FillSource
from workforce.boards.decisions.selectors import (
    Deciding,
    cell_posts,
    cell_vacancies,
    donor_cells,
    filled_fte,
    holder_numbers,
    joint_units_of,
    possible_owners,
)
from workforce.boards.decisions.services import DecisionValues, decision_try
from workforce.establishment.calc import CellKey
from workforce.establishment.filters import UnitChoiceField
from workforce.establishment.models import FundingSource, Post, Rank, Role

_REASON = forms.Textarea(attrs={"rows": 3})
_FTE = forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"})

EFFECTIVE_LABELS = {
    DecisionKind.FILL: "Fill by",
    DecisionKind.HOLD: "Hold until",
    DecisionKind.DELETE: "First day without the post",
    DecisionKind.NEW: "First day of the post",
    DecisionKind.REPROFILE: "First day of the change",
}
EFFECTIVE_MISSING = {
    DecisionKind.FILL: "Enter the day to fill the posts by",
    DecisionKind.HOLD: "Enter the day to hold the gap until",
    DecisionKind.DELETE: "Enter the first day without the post",
    DecisionKind.NEW: "Enter the first day of the post",
    DecisionKind.REPROFILE: "Enter the first day of the change",
}
PROFILE = ("to_rank", "to_role", "to_location", "to_unit")
# The fields of each kind, in the order of the page.
FIELDS = {
    DecisionKind.FILL: ("posts", "source", "donor", "fte", "effective_on"),
    DecisionKind.HOLD: ("fte", "effective_on"),
    DecisionKind.DELETE: ("posts", "effective_on"),
    DecisionKind.NEW: ("new_posts", "fte", "new_reference", "funding", "joint_unit", "effective_on"),
    DecisionKind.REPROFILE: ("posts", "joint_unit", *PROFILE, "to_fte", "new_reference", "effective_on"),
}
COMMON = ("reason", "owner", "due_on", "review_on")
VALUES = (
    "effective_on",
    "due_on",
    "review_on",
    "owner",
    "reason",
    "fte",
    "source",
    "funding",
    "new_posts",
    "new_reference",
    "joint_unit",
    "to_fte",
)
_CELL_PARTS = ("rank", "role", "location", "unit")


class PostsField(forms.ModelMultipleChoiceField):
    """Posts with what one must know to choose: how long vacant, or who is in it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.notes: dict[int, str] = {}
        super().__init__(*args, widget=forms.CheckboxSelectMultiple, **kwargs)

    def label_from_instance(self, post: Post) -> str:
        return f"{post.reference} ({self.notes.get(post.pk, fte_words(post.fte) + ' FTE')})"


def cell_text(key: CellKey | None) -> str:
    """A cell as the value of a choice: '3-14-5-92'; '' of none."""
    return "" if key is None else "-".join(str(getattr(key, f"{part}_id")) for part in _CELL_PARTS)


def cell_of_text(text: str) -> CellKey | None:
    """The cell in the value of a choice; None of ''."""
    if not text:
        return None
    return CellKey(**{f"{part}_id": int(pk) for part, pk in zip(_CELL_PARTS, text.split("-"), strict=True)})


class DecisionFields(forms.Form):
    """One decision of one kind on one item, new or changed: the fields of the kind, in their order."""

    posts = PostsField(Post.objects.none(), label="Posts")
    source = forms.ChoiceField(label="Where from", choices=FillSource, widget=forms.RadioSelect)
    donor = forms.ChoiceField(
        label="Taken from",
        required=False,
        help_text="The cell that gives, for a promotion, a move or acting. A move needs one",
    )
    new_posts = forms.IntegerField(
        label="Number of new posts",
        min_value=1,
        max_value=50,
        initial=1,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
    )
    to_rank = forms.ModelChoiceField(Rank.objects.none(), label="Rank or grade afterwards")
    to_role = forms.ModelChoiceField(Role.objects.none(), label="Role afterwards")
    to_location = forms.ModelChoiceField(Location.objects.none(), label="Location afterwards")
    to_unit = UnitChoiceField(queryset=Unit.objects.none(), label="Unit afterwards")
    to_fte = forms.DecimalField(
        label="FTE of each post afterwards",
        max_digits=6,
        decimal_places=4,
        min_value=Decimal("0.0001"),
        required=False,
        help_text="Leave empty where it stays as it is",
        widget=_FTE,
    )
    fte = forms.DecimalField(label="FTE", max_digits=8, decimal_places=4, min_value=0, widget=_FTE)
    new_reference = forms.CharField(
        label="Reference of the new post",
        max_length=26,
        help_text="Several posts get this reference with -1, -2 and so on",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    funding = forms.ModelChoiceField(FundingSource.objects.none(), label="Paid from")
    joint_unit = forms.ModelChoiceField(
        JointUnit.objects.none(), label="Change of allocation in a joint unit", required=False
    )
    effective_on = GovukDateField()
    reason = forms.CharField(label="Reason", widget=_REASON)
    owner = forms.ModelChoiceField(User.objects.none(), label="Owner", help_text="Who sees to it")
    due_on = GovukDateField(label="Due date", help_text="When it is done")
    review_on = GovukDateField(
        label="Review date",
        required=False,
        help_text="When it is reported on; the due date if empty. What is not done by then comes back to the "
        "next board",
    )

    def fit(self, *, item: AgendaItem, kind: str, user: User, day: Any, chosen: list[int]) -> None:
        """Keep the fields of the kind; `chosen` are the posts that the decision has already."""
        self.item, self.kind, self.user = item, DecisionKind(kind), user
        kept = (*FIELDS[self.kind], *COMMON)
        for name in set(DecisionFields.base_fields) - set(kept):
            del self.fields[name]
        self.order_fields(kept)
        force = item.board.force
        self.fields["effective_on"].label = EFFECTIVE_LABELS[self.kind]
        self.fields["effective_on"].error_messages["required"] = EFFECTIVE_MISSING[self.kind]
        self.fields["owner"].queryset = possible_owners(force)
        if "funding" in self.fields:
            self.fields["funding"].queryset = FundingSource.objects.of_force(force)
        if "posts" in self.fields:
            self._offer_posts(day, chosen)
        if "donor" in self.fields:
            self._offer_donors(day)
        if "joint_unit" in self.fields:
            self._offer_joint_units(day)
        if self.kind == DecisionKind.REPROFILE:
            self._offer_profile()
        self._explain_fte()

    def _offer_posts(self, day: Any, chosen: list[int]) -> None:
        """To fill: vacant posts, each with its age. Else: every post of the cell, with its holder."""
        field = self.fields["posts"]
        if self.kind == DecisionKind.FILL:
            field.label = "Posts to fill"
            vacant = cell_vacancies(self.item, day)
            field.queryset = Post.objects.filter(
                pk__in=[*chosen, *(vacancy.post_id for vacancy in vacant)]
            ).order_by("reference")
            field.notes = {
                vacancy.post_id: f"{fte_words(vacancy.vacant_fte)} FTE, vacant "
                + counted(vacancy.age_days, "day", "days")
                for vacancy in vacant
            }
        else:
            is_delete = self.kind == DecisionKind.DELETE
            field.label = "Posts to delete" if is_delete else "Posts to re-profile"
            posts = cell_posts(self.item, day).select_related("unit")
            numbers = holder_numbers(posts, day)
            # The vacant ones first: to delete, a held post is refused with the name of its holder.
            field.queryset = posts.order_by(Case(When(pk__in=list(numbers), then=1), default=0), "reference")
            field.notes = {
                post.pk: f"{fte_words(post.fte)} FTE, "
                + (f"held by {listed(sorted(numbers[post.pk]))}" if post.pk in numbers else "vacant")
                for post in posts
            }

    def _offer_donors(self, day: Any) -> None:
        """Cells with people, those furthest over establishment first; not the item's own."""
        own = self.item.cell if self.item.has_cell else None
        cells = [cell for cell in donor_cells(self.item.board.force, day) if cell.key != own]
        self.fields["donor"].choices = [
            ("", "Not decided"),
            *((cell_text(cell.key), cell.words) for cell in cells),
        ]

    def _offer_joint_units(self, day: Any) -> None:
        field = self.fields["joint_unit"]
        units = joint_units_of(self.item, day)
        if not units.exists():
            del self.fields["joint_unit"]
            return
        field.queryset = units
        if self.kind == DecisionKind.NEW:
            field.empty_label = "No, the post is new to all of its forces"
            field.help_text = "Where the partner employed the post until then, and this force does afterwards"
            return
        field.empty_label = "No, the posts themselves change"
        field.help_text = (
            "Where the posts stay as they are and the partner employs them from then on. What follows, up to "
            "the reference, then counts for nothing"
        )

    def _offer_profile(self) -> None:
        force = self.item.board.force
        querysets: dict[str, QuerySet] = {
            "to_rank": Rank.objects.for_force(force),
            "to_role": Role.objects.of_force(force),
            "to_location": Location.objects.of_force(force),
            "to_unit": Unit.objects.of_force(force).order_by("path"),
        }
        for name, queryset in querysets.items():
            self.fields[name].queryset = queryset
            self.fields[name].initial = getattr(self.item, f"{name.removeprefix('to_')}_id")
            self.fields[name].required = "joint_unit" not in self.fields
        self.fields["new_reference"].required = "joint_unit" not in self.fields

    def _explain_fte(self) -> None:
        if self.kind == DecisionKind.NEW:
            self.fields["fte"].label = "FTE of each post"
        elif self.kind == DecisionKind.FILL:
            self.fields["fte"].required = False
            self.fields["fte"].help_text = "Leave empty to fill all that is vacant in the posts you chose"
        elif self.kind == DecisionKind.HOLD:
            self.fields["fte"].label = "FTE held vacant"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        posts = list(data.get("posts") or [])
        if self.kind in (DecisionKind.DELETE, DecisionKind.REPROFILE):
            data["fte"] = sum((post.fte for post in posts), Decimal(0))
        elif self.kind == DecisionKind.FILL and data.get("fte") is None and "fte" not in self.errors:
            filled = filled_fte(posts, data["effective_on"]) if data.get("effective_on") else {}
            data["fte"] = sum((post.fte - filled.get(post.pk, Decimal(0)) for post in posts), Decimal(0))
        if self.kind == DecisionKind.REPROFILE:
            self._clean_profile(data)
        return data

    def _clean_profile(self, data: dict[str, Any]) -> None:
        """With a change of allocation the posts stay as they are; else they become a whole cell."""
        for name in (*PROFILE, "new_reference"):
            if data.get("joint_unit"):
                data[name] = "" if name == "new_reference" else None
            elif not data.get(name) and name not in self.errors:
                self.add_error(
                    name, ValidationError(self.fields[name].error_messages["required"], "required")
                )
        if data.get("joint_unit"):
            data["to_fte"] = None

    def values(self) -> DecisionValues:
        given = {name: self.cleaned_data[name] for name in VALUES if name in self.cleaned_data}
        if self.kind == DecisionKind.NEW:
            given["fte"] *= given["new_posts"]
        return DecisionValues(
            kind=self.kind,
            posts=list(self.cleaned_data.get("posts") or []),
            donor=cell_of_text(self.cleaned_data.get("donor") or ""),
            profile=self._profile(),
            **given,
        )

    def _profile(self) -> CellKey | None:
        chosen = {name.removeprefix("to_"): self.cleaned_data.get(name) for name in PROFILE}
        if not all(chosen.values()):
            return None
        return CellKey(**{f"{part}_id": row.pk for part, row in chosen.items()})

    def tried(self) -> Deciding | None:
        """What the decision would change, checked as if it were taken, and nothing is written.

        None when something is to be corrected first.
        """
        if not self.is_valid():
            return None
        try:
            return decision_try(item=self.item, values=self.values(), decision=self.decision)
        except ValidationError as refused:
            self._refuse(refused)
            return None
