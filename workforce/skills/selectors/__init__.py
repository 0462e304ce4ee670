"""Reads of skills: who holds what, what is required of whom, and what is short, now and later."""

from workforce.skills.selectors.basis import Basis, basis_of
from workforce.skills.selectors.coverage import (
    Coverage,
    Shortage,
    Skilled,
    coverage_of,
    people_behind,
    shortages,
)
from workforce.skills.selectors.records import (
    HeldSkill,
    RequiredSkill,
    requirements_of,
    skills_held,
    skills_of,
    waiting_for,
)

__all__ = [
    "Basis",
    "Coverage",
    "HeldSkill",
    "RequiredSkill",
    "Shortage",
    "Skilled",
    "basis_of",
    "coverage_of",
    "people_behind",
    "requirements_of",
    "shortages",
    "skills_held",
    "skills_of",
    "waiting_for",
]
