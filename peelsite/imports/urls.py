from django.urls import path

from peelsite.imports.views import pages, steps

app_name = "imports"

urlpatterns = [
    path("<slug:force>/imports/", pages.listed, name="list"),
    path("<slug:force>/imports/<int:pk>/", pages.batch, name="batch"),
    path("<slug:force>/imports/<int:pk>/progress/", pages.progress, name="progress"),
    path("<slug:force>/imports/<int:pk>/sheet/", steps.sheet, name="sheet"),
    path("<slug:force>/imports/<int:pk>/columns/", steps.columns, name="columns"),
    path("<slug:force>/imports/<int:pk>/target/", steps.retarget, name="target"),
    path("<slug:force>/imports/<int:pk>/mend/", steps.mend, name="mend"),
    path("<slug:force>/imports/<int:pk>/full-extract/", steps.full_extract, name="full-extract"),
    path("<slug:force>/imports/<int:pk>/confirm/", steps.confirm, name="confirm"),
    path("<slug:force>/imports/<int:pk>/undo/", steps.undo, name="undo"),
    path("<slug:force>/imports/<int:pk>/discard/", steps.discard, name="discard"),
    path("<slug:force>/imports/<int:pk>/rejects/", pages.rejects, name="rejects"),
    path("<slug:force>/imports/<slug:target>/new/", pages.upload, name="upload"),
    path("<slug:force>/imports/<slug:target>/template/", pages.template, name="template"),
]
