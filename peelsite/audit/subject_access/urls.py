"""Addresses under /<force>/history/subject-access/; peelsite.audit.urls takes them in."""

from django.urls import path

from peelsite.audit.subject_access import views

_ALL = "<slug:force>/history/subject-access/"
_ONE = f"{_ALL}<int:pk>/"

urlpatterns = [
    path(_ALL, views.access_requests, name="access-requests"),
    path(f"{_ALL}new/", views.access_request_new, name="access-request-new"),
    path(_ONE, views.access_request, name="access-request"),
    path(f"{_ONE}extend/", views.access_request_extend, name="access-request-extend"),
    path(f"{_ONE}close/", views.access_request_close, name="access-request-close"),
    path(f"{_ONE}prepare/", views.access_request_prepare, name="access-request-prepare"),
    path(f"{_ONE}download/", views.access_request_download, name="access-request-download"),
    path(f"{_ONE}progress/", views.access_request_progress, name="access-request-progress"),
]
