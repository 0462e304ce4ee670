from django.urls import path

from workforce.travel import views

app_name = "travel"

_ROOM = "<slug:force>/establishment/travel"

urlpatterns = [
    path(f"{_ROOM}/", views.times, name="times"),
    path(f"{_ROOM}/add/", views.time_add, name="time-add"),
    path(f"{_ROOM}/<int:pk>/", views.time, name="time"),
    path(f"{_ROOM}/<int:pk>/remove/", views.time_remove, name="time-remove"),
]
