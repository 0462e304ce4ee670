"""/charts/<digest>.svg and its waiting fragment; included at the root of the site."""

from django.urls import re_path

from peelsite.charts import views

app_name = "charts"
urlpatterns = [
    re_path(r"^charts/(?P<digest>[0-9a-f]{64})\.svg$", views.chart_image, name="image"),
    re_path(r"^charts/(?P<digest>[0-9a-f]{64})/waiting$", views.chart_waiting, name="waiting"),
]
