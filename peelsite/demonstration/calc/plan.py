"""The plan of a demonstration force, read from the csv and toml files of its folder."""

import csv
import tomllib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

OFFICER, STAFF, PCSO, DESIGNATED = "officer", "staff", "pcso", "designated"
# The workforce type in which the inspectorate counts each category.
BUDGET_OF = {OFFICER: "officers", STAFF: "staff", DESIGNATED: "staff", PCSO: "pcsos"}


@dataclass(eq=False)
class Cell:
    """Posts of one rank and role in one unit at one place, as they are on the opening day.

    `short`: how many stand vacant by then. `began`: when the cell's posts begin, for a unit that is new.
    `ends`: how many of them end before the budget day.
    """

    unit: str
    role: str
    rank: str
    location: str
    posts: int
    short: int
    began: date | None
    ends: int
    funding: str


@dataclass(eq=False)
class Group:
    """Ranks that a published total counts together, with its headcount and FTE on two days.

    `job_shares`: posts held by two half-timers. `part_time_every`: every n-th post is a part-time one.
    """

    name: str
    ranks: tuple[str, ...]
    category: str
    heads_first: int
    fte_first: Decimal
    heads_opening: int
    fte_opening: Decimal
    job_shares: int
    part_time_every: int

    @property
    def is_officers(self) -> bool:
        return self.category == OFFICER


@dataclass
class Plan:
    """Everything the generator needs about one force."""

    slug: str
    seed: int
    first_day: date
    opening_day: date
    budget_day: date
    budgeted_fte: dict[str, Decimal]
    leavers_a_year: dict[str, float]
    first_number: dict[str, int]
    growth: list[dict[str, str]]
    secondments_out: dict[str, list[str]]
    cells: list[Cell]
    groups: list[Group]
    areas: list[dict[str, str]]
    locations: list[dict[str, str]]
    units: list[dict[str, str]]
    funding: list[dict[str, str]]
    group_of: dict[str, Group] = field(init=False)

    def __post_init__(self) -> None:
        self.group_of = {rank: group for group in self.groups for rank in group.ranks}

    @property
    def months(self) -> list[tuple[int, int]]:
        """Year and month of every month after the first day, up to the opening day's."""
        first = self.first_day.year * 12 + self.first_day.month
        last = self.opening_day.year * 12 + self.opening_day.month - 1
        return [(index // 12, index % 12 + 1) for index in range(first, last + 1)]


def plan_read(folder: Path, categories: dict[str, str]) -> Plan:
    """Read a force's folder; `categories` gives the worker category of each rank code."""
    facts = tomllib.loads((folder / "force.toml").read_text(encoding="utf-8"))
    return Plan(
        slug=facts["slug"],
        seed=facts["seed"],
        first_day=facts["first_day"],
        opening_day=facts["opening_day"],
        budget_day=facts["budget_day"],
        budgeted_fte={name: Decimal(fte) for name, fte in facts.get("budgeted_fte", {}).items()},
        leavers_a_year={
            OFFICER: facts["officer_leavers_a_year"],
            **dict.fromkeys((STAFF, PCSO, DESIGNATED), facts["staff_leavers_a_year"]),
        },
        first_number=facts["first_number"],
        growth=facts.get("growth", []),
        secondments_out=facts.get("secondments_out", {}),
        cells=[_cell(row) for row in _rows(folder / "cells.csv")],
        groups=[_group(row, categories) for row in _rows(folder / "workforce.csv")],
        areas=_rows(folder / "areas.csv"),
        locations=_rows(folder / "locations.csv"),
        units=_rows(folder / "units.csv"),
        funding=_rows(folder / "funding.csv"),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _cell(row: dict[str, Any]) -> Cell:
    return Cell(
        unit=row["unit"],
        role=row["role"],
        rank=row["rank"],
        location=row["location"],
        posts=int(row["posts"]),
        short=int(row["short"]),
        began=date.fromisoformat(row["began"]) if row["began"] else None,
        ends=int(row["ends"]),
        funding=row["funding"],
    )


def _group(row: dict[str, str], categories: dict[str, str]) -> Group:
    ranks = tuple(row["ranks"].split())
    return Group(
        name=row["group"],
        ranks=ranks,
        category=categories[ranks[0]],
        heads_first=int(row["heads_2010"]),
        fte_first=Decimal(row["fte_2010"]),
        heads_opening=int(row["heads_2016"]),
        fte_opening=Decimal(row["fte_2016"]),
        job_shares=int(row["job_shares"]),
        part_time_every=int(row["part_time_every"]),
    )
