"""Gathers the rooms' models, for Django."""

from peelsite.inspection.comparison.models import ComparisonExclusion
from peelsite.inspection.indicators.models import InspectionSetting
from peelsite.inspection.national.models import NationalTable, NationalWorkforce

__all__ = ["ComparisonExclusion", "InspectionSetting", "NationalTable", "NationalWorkforce"]
