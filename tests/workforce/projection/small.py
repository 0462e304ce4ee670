"""Small forces whose projection can be worked out by hand."""

from dataclasses import replace
from datetime import date

import numpy as np

from tests.workforce.projection.made import CATEGORIES, people_of, rates_of
from workforce.establishment.calc import CellKey
from workforce.projection.calc.engine import histories
from workforce.projection.calc.inputs import (
    Inputs,
)
from workforce.projection.calc.lines import standard_lines
from workforce.projection.calc.slots import UNITS

RUNS = 4000
STRENGTH, AVAILABLE, DEPLOYABLE = range(3)


def cell(rank=0, role=0, location=0, unit=0) -> CellKey:
    return CellKey(rank_id=rank, role_id=role, location_id=location, unit_id=unit)


def force(people, *, months=24, cells=1, posts=0.0, rates=None, **others) -> Inputs:
    """A force whose cells are the ranks 0, 1, 2 … of officers."""
    keys = tuple(cell(rank=number, unit=number) for number in range(cells))
    values = {
        "day": date(2016, 3, 31),
        "months": months,
        "cells": keys,
        "categories": CATEGORIES,
        "cell_category": np.zeros(cells, np.int64),
        "establishment": np.broadcast_to(np.asarray(posts, float), (months + 1, cells)).copy(),
        "lines": standard_lines(
            keys, {n: (100, n) for n in range(cells)}, dict.fromkeys(range(cells), "officer")
        ),
        "people": people,
        "rates": rates or known(),
    }
    return Inputs(**{**values, **others})


def known(**others):
    """Rates known for sure, without spells unless asked for."""
    return rates_of(**{"seen": np.inf, "shock_sd": 0.0, "spells": False, **others})


def constant(yearly: float, **others):
    """The same hazard a month at any service."""
    rates = known(**others)
    leaving = np.zeros_like(rates.leaving)
    leaving[:, :, 0] = yearly / 12
    return replace(rates, leaving=leaving)


def officers(number: int, at=0, seed=1, **others):
    rng = np.random.default_rng(seed)
    service = rng.integers(0, 372, number)
    values = {"cell": np.full(number, at), "category": np.zeros(number, np.int64), "service": service}
    return people_of(**{**values, **others})


def total(inputs: Inputs, runs=RUNS, seed=1) -> np.ndarray:
    """The force's measures, [measure, month, run] in FTE."""
    return histories(inputs, runs, seed)[-1] / UNITS


def standard_errors(found: np.ndarray, mean: float, variance: float) -> tuple[float, float]:
    """How far mean and variance of runs are from what they should be, in standard errors."""
    runs = len(found)
    fourth = ((found - found.mean()) ** 4).mean()
    of_variance = np.sqrt(max(fourth - found.var() ** 2, 1e-9) / runs)
    return (found.mean() - mean) / np.sqrt(variance / runs), (found.var() - variance) / of_variance


def survival(inputs: Inputs, month: int) -> np.ndarray:
    """Chance that each person still serves after `month` months, at rates known for sure."""
    people, rates = inputs.people, inputs.rates
    lived = np.zeros(len(people))
    for step in range(month):
        lived += rates.leaving.sum(axis=2)[people.category, rates.band(people.service + step)]
    return np.exp(-lived)
