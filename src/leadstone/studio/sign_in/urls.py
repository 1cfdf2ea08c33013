"""Entering and leaving."""

from django.urls import path

from leadstone.studio.sign_in import views

urlpatterns = [
    path("sign-in", views.sign_in, name="account_login"),
    path("sign-out", views.sign_out, name="account_logout"),
    path("sign-in/closed", views.not_offered, name="account_inactive"),
    path("sign-in/new", views.not_offered, name="account_signup"),
    path("sign-in/forgotten", views.not_offered, name="account_reset_password"),
    path("sign-in/again", views.not_offered, name="account_reauthenticate"),
]
