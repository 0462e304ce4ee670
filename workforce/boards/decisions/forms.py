"""What a chief officer decides, and what becomes of actions."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, When

from peelsite.accounts.models import User
from peelsite.history.forms import ReasonedForm
from peelsite.web.editing.forms import EditForm, ServiceForm
from peelsite.web.forms import GovukDateField
from workforce.boards.agenda.calc import counted, fte_words
from workforce.boards.agenda.models import AgendaItem
from workforce.boards.decisions.calc import day_words, listed
from workforce.boards.decisions.models import (
    ActionState,
    BoardAction,
    Decision,
    DecisionKind,
    FillSource,
)
from workforce.boards.decisions.selectors import (
    cell_posts,
    cell_vacancies,
    filled_fte,
    holder_numbers,
    possible_owners,
    unit_head_of,
)
from workforce.boards.decisions.services import (
    DecidedMeanwhile,
    DecisionValues,
    action_add,
    action_close,
    action_hand_over,
    decision_change,
    decision_create,
    decision_withdraw,
)
from workforce.boards.meetings.models import Board
from workforce.establishment.models import FundingSource, Post

_REASON = forms.Textarea(attrs={"rows": 3})
_FTE = forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"})

EFFECTIVE_LABELS = {
    DecisionKind.FILL: "Fill by",
    DecisionKind.HOLD: "Hold until",
    DecisionKind.DELETE: "First day without the post",
    DecisionKind.NEW: "First day of the post",
}
EFFECTIVE_MISSING = {
    DecisionKind.FILL: "Enter the day to fill the posts by",
    DecisionKind.HOLD: "Enter the day to hold the gap until",
    DecisionKind.DELETE: "Enter the first day without the post",
    DecisionKind.NEW: "Enter the first day of the post",
}
# The fields of each kind, in the order of the page.
_FIELDS = {
    DecisionKind.FILL: ("posts", "source", "fte", "effective_on"),
    DecisionKind.HOLD: ("fte", "effective_on"),
    DecisionKind.DELETE: ("posts", "effective_on"),
    DecisionKind.NEW: ("new_posts", "fte", "new_reference", "funding", "effective_on"),
}
_COMMON = ("reason", "owner", "due_on")
_VALUES = (
    "effective_on",
    "due_on",
    "owner",
    "reason",
    "fte",
    "source",
    "funding",
    "new_posts",
    "new_reference",
)


class PostsField(forms.ModelMultipleChoiceField):
    """Posts with what one must know to choose: how long vacant, or who is in it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.notes: dict[int, str] = {}
        super().__init__(*args, widget=forms.CheckboxSelectMultiple, **kwargs)

    def label_from_instance(self, post: Post) -> str:
        return f"{post.reference} ({self.notes.get(post.pk, fte_words(post.fte) + ' FTE')})"


class _DecisionFields(forms.Form):
    """One decision of one kind on one item, new or changed: the fields of the kind, in their order."""

    posts = PostsField(Post.objects.none(), label="Posts")
    source = forms.ChoiceField(label="Where from", choices=FillSource, widget=forms.RadioSelect)
    new_posts = forms.IntegerField(
        label="Number of new posts",
        min_value=1,
        max_value=50,
        initial=1,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
    )
    fte = forms.DecimalField(label="FTE", max_digits=8, decimal_places=4, min_value=0, widget=_FTE)
    new_reference = forms.CharField(
        label="Reference of the new post",
        max_length=26,
        help_text="Several posts get this reference with -1, -2 and so on",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    funding = forms.ModelChoiceField(FundingSource.objects.none(), label="Paid from")
    effective_on = GovukDateField()
    reason = forms.CharField(label="Reason", widget=_REASON)
    owner = forms.ModelChoiceField(User.objects.none(), label="Owner", help_text="Who sees to it")
    due_on = GovukDateField(label="Due or review date", help_text="When it is done or reported on")

    def fit(self, *, item: AgendaItem, kind: str, user: User, day: Any, chosen: list[int]) -> None:
        """Keep the fields of the kind; `chosen` are the posts that the decision has already."""
        self.item, self.kind, self.user = item, DecisionKind(kind), user
        for name in set(_DecisionFields.base_fields) - {*_FIELDS[self.kind], *_COMMON}:
            del self.fields[name]
        self.order_fields([*_FIELDS[self.kind], *_COMMON])
        self.fields["effective_on"].label = EFFECTIVE_LABELS[self.kind]
        self.fields["effective_on"].error_messages["required"] = EFFECTIVE_MISSING[self.kind]
        self.fields["owner"].queryset = possible_owners(item.board.force)
        if "funding" in self.fields:
            self.fields["funding"].queryset = FundingSource.objects.of_force(item.board.force)
        if "posts" in self.fields:
            self._offer_posts(day, chosen)
        self._explain_fte()

    def _offer_posts(self, day: Any, chosen: list[int]) -> None:
        """To fill: vacant posts, each with its age. To delete: every post of the cell, with its holder."""
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
            field.label = "Posts to delete"
            posts = cell_posts(self.item, day)
            numbers = holder_numbers(posts, day)
            # The vacant ones first: a held post is refused with the name of its holder.
            field.queryset = posts.order_by(Case(When(pk__in=list(numbers), then=1), default=0), "reference")
            field.notes = {
                post.pk: f"{fte_words(post.fte)} FTE, "
                + (f"held by {listed(sorted(numbers[post.pk]))}" if post.pk in numbers else "vacant")
                for post in posts
            }

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
        if self.kind == DecisionKind.DELETE:
            data["fte"] = sum((post.fte for post in posts), Decimal(0))
        elif self.kind == DecisionKind.FILL and data.get("fte") is None and "fte" not in self.errors:
            filled = filled_fte(posts, data["effective_on"]) if data.get("effective_on") else {}
            data["fte"] = sum((post.fte - filled.get(post.pk, Decimal(0)) for post in posts), Decimal(0))
        return data

    def values(self) -> DecisionValues:
        given = {name: self.cleaned_data[name] for name in _VALUES if name in self.cleaned_data}
        if self.kind == DecisionKind.NEW:
            given["fte"] *= given["new_posts"]
        return DecisionValues(kind=self.kind, posts=list(self.cleaned_data.get("posts") or []), **given)


class DecisionForm(_DecisionFields, ServiceForm):
    """A new decision. When someone else decided meanwhile, what was typed stays, `overtaken_by` is that
    decision, and the hidden count moves on: sending again is then a choice and not an accident.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    decision = None
    overtaken_by: Decision | None = None

    def __init__(self, *args: Any, item: AgendaItem, kind: str, user: User, day: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"owner": unit_head_of(item), "seen": item.decisions.count()}
        super().__init__(*args, **kwargs)
        self.fit(item=item, kind=kind, user=user, day=day, chosen=[])

    def write(self) -> Decision:
        return decision_create(
            item=self.item, values=self.values(), user=self.user, seen=self.cleaned_data["seen"]
        )

    def _refuse(self, refused: ValidationError) -> None:
        super()._refuse(refused)
        if isinstance(refused, DecidedMeanwhile):
            self.overtaken_by = refused.current
            self._put("seen", str(self.item.decisions.count()))

    def overtaken_rows(self) -> list[dict[str, str]]:
        """What the other decision says, for those fields in which the person typed something else."""
        current = self.overtaken_by
        if current is None:
            return []
        now = {
            "source": current.get_source_display(),
            "fte": fte_words(current.fte),
            "effective_on": day_words(current.effective_on),
            "due_on": day_words(current.due_on),
            "owner": str(current.owner),
            "reason": current.reason,
            "posts": ", ".join(each.post.reference for each in current.decision_posts.all()),
            "funding": str(current.funding or ""),
            "new_posts": str(current.new_posts or ""),
            "new_reference": current.new_reference,
        }
        return [
            {"term": self.fields[name].label or name.replace("_", " ").capitalize(), "value": value or "none"}
            for name, value in now.items()
            if name in self.fields and name in self.cleaned_data and _differs(self, name, current)
        ]


class DecisionChangeForm(_DecisionFields, EditForm):
    # Who decided and when is told beside each field.
    ignored = frozenset({"decided_by", "decided_at"})

    def __init__(self, *args: Any, decision: Decision, user: User, day: Any, **kwargs: Any) -> None:
        self.decision = decision
        super().__init__(*args, record=decision, **kwargs)
        chosen = [each.post_id for each in decision.decision_posts.all()] if decision.pk else []
        self.fit(item=decision.item, kind=decision.kind, user=user, day=day, chosen=chosen)

    def shown(self, record: Decision) -> dict[str, Any]:
        fte = record.fte / record.new_posts if record.new_posts else record.fte
        return {name: getattr(record, name) for name in _VALUES} | {
            "fte": f"{fte.normalize():f}",
            "posts": list(record.decision_posts.values_list("post_id", flat=True)),
        }

    def write(self) -> Decision:
        return decision_change(decision=self.record, values=self.values(), user=self.user, seen=self.seen)


class WithdrawForm(ReasonedForm, EditForm):
    """Nothing to fill in but why."""

    ignored = frozenset({"decided_by", "decided_at"})

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, record=decision, **kwargs)

    def shown(self, record: Decision) -> dict[str, Any]:
        return {}

    def write(self) -> Decision:
        decision_withdraw(decision=self.record, seen=self.seen)
        return self.record


class ActionForm(ServiceForm):
    text = forms.CharField(label="Action", widget=_REASON, help_text="What is done, in one sentence")
    owner = forms.ModelChoiceField(User.objects.none())
    due_on = GovukDateField(label="Due date")

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        self.board = board
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = possible_owners(board.force)

    def write(self) -> BoardAction:
        data = self.cleaned_data
        return action_add(board=self.board, text=data["text"], owner=data["owner"], due_on=data["due_on"])


class ActionCloseForm(EditForm):
    columns: ClassVar = {"state": None, "reason": None}

    STATES: ClassVar = [
        (ActionState.DONE.value, "It is done"),
        (ActionState.DROPPED.value, "It is dropped"),
    ]
    state = forms.ChoiceField(label="What became of it", choices=STATES, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Remark",
        required=False,
        widget=_REASON,
        help_text="Why it is dropped, or what shows that it is done",
    )

    def __init__(self, *args: Any, action: BoardAction, user: User, day: Any, **kwargs: Any) -> None:
        self.user, self.day = user, day
        super().__init__(*args, record=action, **kwargs)

    def shown(self, record: BoardAction) -> dict[str, Any]:
        return {}

    def write(self) -> BoardAction:
        data = self.cleaned_data
        return action_close(
            action=self.record,
            state=data["state"],
            reason=data["reason"],
            user=self.user,
            day=self.day,
            seen=self.seen,
        )


class ActionHandOverForm(EditForm):
    owner = forms.ModelChoiceField(User.objects.none())
    due_on = GovukDateField(label="Due date")
    reason = forms.CharField(label="Reason", widget=_REASON, help_text="Why it changes hands or date")
    columns: ClassVar = {"reason": None}

    def __init__(self, *args: Any, action: BoardAction, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, record=action, **kwargs)
        self.fields["owner"].queryset = possible_owners(action.force)

    def shown(self, record: BoardAction) -> dict[str, Any]:
        return {"owner": record.owner_id, "due_on": record.due_on}

    def write(self) -> BoardAction:
        data = self.cleaned_data
        return action_hand_over(
            action=self.record,
            owner=data["owner"],
            due_on=data["due_on"],
            reason=data["reason"],
            user=self.user,
            seen=self.seen,
        )


def _differs(form: DecisionForm, name: str, current: Decision) -> bool:
    typed = form.cleaned_data[name]
    if name == "posts":
        return {post.pk for post in typed} != {each.post_id for each in current.decision_posts.all()}
    return typed != getattr(current, name)
