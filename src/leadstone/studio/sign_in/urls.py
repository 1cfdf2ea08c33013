"""Entering and leaving."""

from django.urls import path

from leadstone.studio.sign_in import views

urlpatterns = [
    path("sign-in", views.sign_in, name="account_login"),
    path("sign-in/code", views.code, name="mfa_authenticate"),
    path("sign-in/again", views.again, name="account_reauthenticate"),
    path("sign-in/again/code", views.again_by_code, name="mfa_reauthenticate"),
    path("sign-in/welcome/<str:token>", views.welcome, name="welcome"),
    path("sign-out", views.sign_out, name="account_logout"),
    path("sign-in/closed", views.not_offered, name="account_inactive"),
    path("sign-in/new", views.not_offered, name="account_signup"),
    path("sign-in/forgotten", views.not_offered, name="account_reset_password"),
]
