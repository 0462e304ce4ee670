"""The API's documentation: pages for people, the schema for programs."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from peelsite.apidocs import views

urlpatterns = [
    path("", views.index, name="api-docs"),
    path("resources/<slug:slug>/", views.resource, name="api-docs-resource"),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
]
