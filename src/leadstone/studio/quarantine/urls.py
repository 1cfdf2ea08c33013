"""Addresses of the quarantine."""

from django.urls import path

from leadstone.studio.quarantine import views

urlpatterns = [path("quarantine", views.quarantine, name="quarantine")]
