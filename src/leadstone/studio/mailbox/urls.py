"""Addresses of the mailbox."""

from django.urls import path

from leadstone.studio.mailbox import views

urlpatterns = [
    path("", views.mails, name="mailbox"),
    path("<str:mail_id>", views.mail, name="mail"),
    path("<str:mail_id>/body", views.body, name="mail_body"),
]
