"""Pages of the inspection rooms."""

from django.urls import path

from peelsite.inspection.comparison import views as comparison
from peelsite.inspection.indicators import views as indicators

app_name = "inspection"

urlpatterns = [
    path("<slug:force>/inspection/", indicators.overview, name="overview"),
    path("<slug:force>/inspection/indicators/<slug:code>/", indicators.indicator, name="indicator"),
    path("<slug:force>/inspection/comparison/<slug:code>/", comparison.measure, name="measure"),
    path(
        "<slug:force>/inspection/comparison/left-out/<int:exclusion_id>/take-back/",
        comparison.take_back,
        name="take-back",
    ),
]
