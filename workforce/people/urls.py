from django.urls import path

from workforce.people import views

app_name = "people"

_PERSON = "<slug:force>/people/<int:pk>"

urlpatterns = [
    path("<slug:force>/people/", views.people, name="list"),
    path("<slug:force>/people/me/", views.own, name="own"),
    path("<slug:force>/people/add/", views.create, name="create"),
    path(f"{_PERSON}/", views.person, name="person"),
    path(f"{_PERSON}/correct/", views.correct, name="correct"),
    path(f"{_PERSON}/sign-in/", views.user, name="user"),
    path(f"{_PERSON}/leave/", views.leave, name="leave"),
    path(f"{_PERSON}/postings/add/", views.posting_create, name="posting-create"),
    path(f"{_PERSON}/postings/<int:row_pk>/end/", views.posting_end, name="posting-end"),
    path(f"{_PERSON}/postings/<int:row_pk>/withdraw/", views.posting_withdraw, name="posting-withdraw"),
    path(f"{_PERSON}/absences/add/", views.absence_create, name="absence-create"),
    path(f"{_PERSON}/absences/<int:row_pk>/end/", views.absence_end, name="absence-end"),
    path(f"{_PERSON}/limited-duties/add/", views.duty_create, name="duty-create"),
    path(f"{_PERSON}/limited-duties/<int:row_pk>/end/", views.duty_end, name="duty-end"),
]
