"""What a chief officer decides, and what becomes of actions."""

from workforce.boards.decisions.forms.actions import ActionCloseForm, ActionForm, ActionHandOverForm
from workforce.boards.decisions.forms.deciding import DecisionChangeForm, DecisionForm, WithdrawForm

__all__ = [
    "ActionCloseForm",
    "ActionForm",
    "ActionHandOverForm",
    "DecisionChangeForm",
    "DecisionForm",
    "WithdrawForm",
]
