from django.urls import path

from peelsite.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:force>/", views.start, name="start"),
]
