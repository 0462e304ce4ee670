from django.urls import path

from peelsite.accounts import views

app_name = "accounts"

urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/sessions/end/", views.sessions_leave, name="sessions-end"),
    path("me/unsent/<str:key>/", views.kept_form, name="kept-form"),
    path("me/tokens/new/", views.token_new, name="token-new"),
    path("me/tokens/<int:token_id>/revoke/", views.token_end, name="token-end"),
    path("<slug:force>/members/", views.members, name="members"),
    path("<slug:force>/members/new/", views.member_new, name="member-new"),
    path("<slug:force>/members/<int:membership_id>/", views.member, name="member"),
    path("<slug:force>/members/<int:membership_id>/end/", views.member_end, name="member-end"),
    path("<slug:force>/members/<int:membership_id>/renew/", views.member_renew, name="member-renew"),
    path("<slug:force>/members/<int:membership_id>/unlock/", views.member_unlock, name="member-unlock"),
    path("<slug:force>/members/<int:membership_id>/factors/", views.member_factors, name="member-factors"),
    path("<slug:force>/members/<int:membership_id>/password/", views.member_password, name="member-password"),
]
