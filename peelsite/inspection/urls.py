"""Pages of the inspection rooms."""

from django.urls import path

from peelsite.inspection.comparison import views as comparison
from peelsite.inspection.indicators import views as indicators
from peelsite.inspection.summaries import views as summaries

app_name = "inspection"

urlpatterns = [
    path("<slug:force>/inspection/", indicators.overview, name="overview"),
    path("<slug:force>/inspection/indicators/<slug:code>/", indicators.indicator, name="indicator"),
    path("<slug:force>/inspection/comparison/<slug:code>/", comparison.measure, name="measure"),
    path(
        "<slug:force>/inspection/left-out/<int:exclusion_id>/take-back/",
        comparison.take_back,
        name="take-back",
    ),
    path("<slug:force>/inspection/summaries/", summaries.summaries, name="summaries"),
    path("<slug:force>/inspection/summaries/send/", summaries.send_now, name="send-now"),
    path("<slug:force>/inspection/summaries/<int:summary_id>/", summaries.summary, name="summary"),
    path(
        "<slug:force>/inspection/summaries/<int:summary_id>/pdf/", summaries.summary_pdf, name="summary-pdf"
    ),
    path(
        "<slug:force>/inspection/summaries/<int:summary_id>/progress/",
        summaries.summary_progress,
        name="summary-progress",
    ),
    path("<slug:force>/inspection/summaries/<int:summary_id>/retry/", summaries.retry, name="retry"),
    path("<slug:force>/inspection/messages/<int:delivery_id>/resend/", summaries.resend, name="resend"),
    path("<slug:force>/inspection/subscriptions/", summaries.subscriptions, name="subscriptions"),
    path("<slug:force>/inspection/subscriptions/<int:user_id>/", summaries.subscription, name="subscription"),
]
