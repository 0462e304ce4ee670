"""Addresses under /<force>/history/retention/; peelsite.audit.urls takes them in."""

from django.urls import path

from peelsite.audit.retention import views

_ALL = "<slug:force>/history/retention/"
_RULE, _HOLD = f"{_ALL}rules/<int:pk>/", f"{_ALL}holds/<int:pk>/"

urlpatterns = [
    path(_ALL, views.retention, name="retention"),
    path(f"{_ALL}rules/new/", views.rule_new, name="retention-rule-new"),
    path(_RULE, views.rule, name="retention-rule"),
    path(f"{_RULE}change/", views.rule_change, name="retention-rule-change"),
    path(f"{_RULE}apply/", views.rule_apply, name="retention-rule-apply"),
    path(f"{_ALL}holds/new/", views.hold_new, name="legal-hold-new"),
    path(f"{_HOLD}lift/", views.hold_lift, name="legal-hold-lift"),
    path(f"{_ALL}runs/<int:pk>/", views.run, name="retention-run"),
]
