"""Reads of projections. Other rooms use: outlook_of, effect_of, stay_chances, and the classes they give."""

from workforce.projection.selectors.effects import effect_of, stay_chances
from workforce.projection.selectors.outlook import (
    Change,
    Effect,
    EffectLine,
    Outlook,
    OutlookLine,
    Point,
)
from workforce.projection.selectors.runs import newest_run, outlook_of, outlook_of_run

__all__ = [
    "Change",
    "Effect",
    "EffectLine",
    "Outlook",
    "OutlookLine",
    "Point",
    "effect_of",
    "newest_run",
    "outlook_of",
    "outlook_of_run",
    "stay_chances",
]
