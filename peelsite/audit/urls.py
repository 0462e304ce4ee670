from django.urls import path

from peelsite.audit import views
from peelsite.audit.retention.urls import urlpatterns as retention
from peelsite.audit.subject_access.urls import urlpatterns as subject_access

app_name = "history"

urlpatterns = [
    *subject_access,
    *retention,
    path("<slug:force>/history/", views.changes, name="changes"),
    path("<slug:force>/history/sensitive-reads/", views.sensitive_reads, name="sensitive-reads"),
    path("<slug:force>/history/<str:model>/<int:record_id>/", views.record, name="record"),
    path("<slug:force>/history/<str:model>/<int:record_id>/life/", views.life, name="life"),
    path("<slug:force>/history/<str:model>/<slug:label>/<uuid:context_id>/", views.action, name="action"),
]
