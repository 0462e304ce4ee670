"""API routes of the inspection rooms, in one list."""

from peelsite.inspection.comparison import api as comparison
from peelsite.inspection.indicators import api as indicators
from peelsite.inspection.summaries import api as summaries

api_routes = [*indicators.api_routes, *comparison.api_routes, *summaries.api_routes]
