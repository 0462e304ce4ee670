"""What is planned, what is assumed, what differs in a scenario, and the runs made of it."""

from workforce.projection.models.assumptions import Assumption, BudgetLine
from workforce.projection.models.plans import (
    ChangeKind,
    ChangeState,
    Intake,
    IntakePlace,
    PlannedChange,
    PromotionPool,
)
from workforce.projection.models.runs import BackTest, ProjectionLine, ProjectionRun
from workforce.projection.models.scenarios import Scenario, ScenarioChange, ScenarioChangeKind

__all__ = [
    "Assumption",
    "BackTest",
    "BudgetLine",
    "ChangeKind",
    "ChangeState",
    "Intake",
    "IntakePlace",
    "PlannedChange",
    "ProjectionLine",
    "ProjectionRun",
    "PromotionPool",
    "Scenario",
    "ScenarioChange",
    "ScenarioChangeKind",
]
