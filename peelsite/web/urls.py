"""Pages of the site itself: its health, its accessibility and, on one's own machine, its components."""

from django.conf import settings
from django.urls import path

from peelsite.web import views

urlpatterns = [
    path("health/live", views.live, name="health-live"),
    path("health/ready", views.ready, name="health-ready"),
    path("accessibility/", views.accessibility, name="accessibility"),
]

if settings.LOCAL:
    urlpatterns.append(path("components/", views.gallery, name="components"))
