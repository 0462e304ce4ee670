from django.urls import path

from workforce.joint_units import views

app_name = "joint_units"

urlpatterns = [
    path("<slug:force>/joint-units/", views.joint_units, name="list"),
    path("<slug:force>/joint-units/add/", views.begin, name="begin"),
    path("<slug:force>/joint-units/<int:pk>/end/", views.end, name="end"),
]
