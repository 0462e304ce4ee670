"""Reads of skills: who holds what, what is required of whom, and what is short, now and later."""

from workforce.skills.selectors.basis import Basis, basis_of
from workforce.skills.selectors.coverage import (
    SHOWS,
    Coverage,
    Shortage,
    Skilled,
    coverage_of,
    coverage_on,
    people_behind,
    shortages,
    shortages_in,
)
from workforce.skills.selectors.records import (
    HeldSkill,
    RequiredSkill,
    requirements_of,
    skills_held,
    skills_of,
    waiting_for,
)
from workforce.skills.selectors.training import (
    SuggestedPerson,
    YearCost,
    costs_by_year,
    courses_of,
    places_of,
    plan_year_of,
    suggested_for,
)

__all__ = [
    "SHOWS",
    "Basis",
    "Coverage",
    "HeldSkill",
    "RequiredSkill",
    "Shortage",
    "Skilled",
    "SuggestedPerson",
    "YearCost",
    "basis_of",
    "costs_by_year",
    "courses_of",
    "coverage_of",
    "coverage_on",
    "people_behind",
    "places_of",
    "plan_year_of",
    "requirements_of",
    "shortages",
    "shortages_in",
    "skills_held",
    "skills_of",
    "suggested_for",
    "waiting_for",
]
