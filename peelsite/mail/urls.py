from django.urls import path

from peelsite.mail import views

app_name = "mail"

urlpatterns = [
    path("<slug:force>/outbox/", views.outbox, name="outbox"),
    path("<slug:force>/outbox/<int:message_id>/", views.message, name="message"),
    path("<slug:force>/outbox/<int:message_id>/html/", views.message_html, name="message-html"),
    path("<slug:force>/outbox/<int:message_id>/files/<int:number>/", views.attachment, name="attachment"),
]
