from django.urls import path

from workforce.health import views

app_name = "health"

urlpatterns = [
    path("<slug:force>/health/", views.reason, name="reason"),
    path("<slug:force>/people/<int:pk>/health/", views.record, name="record"),
]
