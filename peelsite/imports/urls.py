from django.urls import path

from peelsite.imports import views

app_name = "imports"

urlpatterns = [
    path("<slug:force>/imports/", views.listed, name="list"),
    path("<slug:force>/imports/<int:pk>/", views.batch, name="batch"),
    path("<slug:force>/imports/<int:pk>/progress/", views.progress, name="progress"),
    path("<slug:force>/imports/<int:pk>/sheet/", views.sheet, name="sheet"),
    path("<slug:force>/imports/<int:pk>/columns/", views.columns, name="columns"),
    path("<slug:force>/imports/<int:pk>/target/", views.retarget, name="target"),
    path("<slug:force>/imports/<int:pk>/mend/", views.mend, name="mend"),
    path("<slug:force>/imports/<int:pk>/full-extract/", views.full_extract, name="full-extract"),
    path("<slug:force>/imports/<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<slug:force>/imports/<int:pk>/undo/", views.undo, name="undo"),
    path("<slug:force>/imports/<int:pk>/discard/", views.discard, name="discard"),
    path("<slug:force>/imports/<int:pk>/rejects/", views.rejects, name="rejects"),
    path("<slug:force>/imports/<slug:target>/new/", views.upload, name="upload"),
    path("<slug:force>/imports/<slug:target>/template/", views.template, name="template"),
]
