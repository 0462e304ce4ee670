"""A decision taken, changed and taken back."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from peelsite.accounts.models import User
from peelsite.history.forms import ReasonedForm
from peelsite.web.editing.forms import EditForm, ServiceForm
from workforce.boards.agenda.calc import fte_words
from workforce.boards.agenda.models import AgendaItem
from workforce.boards.decisions.calc import day_words
from workforce.boards.decisions.forms.fields import PROFILE, VALUES, DecisionFields, cell_text
from workforce.boards.decisions.models import DONOR, Decision
from workforce.boards.decisions.selectors import cell_words, unit_head_of
from workforce.boards.decisions.services import (
    DecidedMeanwhile,
    decision_change,
    decision_create,
    decision_withdraw,
)
from workforce.establishment.calc import CellKey


class DecisionForm(DecisionFields, ServiceForm):
    """A new decision. When someone else decided meanwhile, what was typed stays, `overtaken_by` is that
    decision, and the hidden count moves on: sending again is then a choice and not an accident.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    decision = None
    overtaken_by: Decision | None = None

    def __init__(
        self,
        *args: Any,
        item: AgendaItem,
        kind: str,
        user: User,
        day: Any,
        asked: QueryDict | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {"owner": unit_head_of(item), "seen": item.decisions.count()}
        super().__init__(*args, **kwargs)
        self.fit(item=item, kind=kind, user=user, day=day, chosen=[])
        if asked:
            self.initial |= self._asked_for(asked)

    def _asked_for(self, asked: QueryDict) -> dict[str, Any]:
        """Values that the address asks for, as a suggestion does; what no field understands is left out.

        The cell that gives comes as `donor_rank`, `donor_role`, `donor_location` and `donor_unit`.
        """
        given: dict[str, Any] = {name: asked[name] for name in asked if name in self.fields}
        if "posts" in given:
            given["posts"] = asked.getlist("posts")
        if all(asked.get(name, "").isdigit() for name in DONOR):
            parts = {name.removeprefix("donor_") + "_id": int(asked[name]) for name in DONOR}
            given["donor"] = cell_text(CellKey(**parts))
        return {name: value for name, value in given.items() if self._is_understood(name, value)}

    def _is_understood(self, name: str, value: Any) -> bool:
        if name in ("form_key", "seen"):
            return False
        try:
            return self.fields[name].clean(value) not in (None, "")
        except ValidationError:
            return False

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
            "review_on": day_words(current.review_day),
            "owner": str(current.owner),
            "reason": current.reason,
            "posts": ", ".join(each.post.reference for each in current.decision_posts.all()),
            "funding": str(current.funding or ""),
            "new_posts": str(current.new_posts or ""),
            "new_reference": current.new_reference,
            "donor": cell_words(current, "donor"),
            "to_fte": fte_words(current.to_fte) if current.to_fte else "",
            "joint_unit": str(current.joint_unit or ""),
            **{name: str(getattr(current, name) or "") for name in PROFILE},
        }
        return [
            {"term": self.fields[name].label or name.replace("_", " ").capitalize(), "value": value or "none"}
            for name, value in now.items()
            if name in self.fields and name in self.cleaned_data and _differs(self, name, current)
        ]


class DecisionChangeForm(DecisionFields, EditForm):
    # Who decided and when is told beside each field; the cell that gives is one choice.
    ignored = frozenset({"decided_by", "decided_at", "donor_rank", "donor_role", "donor_location"})
    columns: ClassVar = {"donor": "donor_unit"}

    def __init__(self, *args: Any, decision: Decision, user: User, day: Any, **kwargs: Any) -> None:
        self.decision = decision
        super().__init__(*args, record=decision, **kwargs)
        chosen = [each.post_id for each in decision.decision_posts.all()] if decision.pk else []
        self.fit(item=decision.item, kind=decision.kind, user=user, day=day, chosen=chosen)

    def shown(self, record: Decision) -> dict[str, Any]:
        fte = record.fte / record.new_posts if record.new_posts else record.fte
        return {name: getattr(record, name) for name in (*VALUES, *PROFILE)} | {
            "donor": cell_text(record.donor),
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


def _differs(form: DecisionForm, name: str, current: Decision) -> bool:
    typed = form.cleaned_data[name]
    if name == "donor":
        return typed != cell_text(current.donor)
    if name == "posts":
        return {post.pk for post in typed} != {each.post_id for each in current.decision_posts.all()}
    return typed != getattr(current, name)
