"""Gathers the rooms' models, for Django."""

from peelsite.inspection.comparison.models import ComparisonExclusion
from peelsite.inspection.indicators.models import InspectionSetting
from peelsite.inspection.national.models import NationalTable, NationalWorkforce
from peelsite.inspection.summaries.models import Delivery, Subscription, Summary

__all__ = [
    "ComparisonExclusion",
    "Delivery",
    "InspectionSetting",
    "NationalTable",
    "NationalWorkforce",
    "Subscription",
    "Summary",
]
