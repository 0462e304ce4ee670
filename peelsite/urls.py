"""Every address of the site: each room brings its pages (urls.py) and its API routes (api.py)."""

from itertools import chain

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import DefaultRouter

from peelsite.inspection import api as inspection
from peelsite.mail import api as mail

router = DefaultRouter()
for prefix, viewset, basename in chain(
    mail.api_routes,
    inspection.api_routes,
):
    router.register(prefix, viewset, basename)

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.account.urls")),
    path("api/v1/", include(router.urls)),
    path("api/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("", include("peelsite.charts.urls")),
    path("", include("peelsite.web.urls")),
    path("", include("peelsite.mail.urls")),
    path("", include("peelsite.inspection.urls")),
]
