"""Addresses of trials, which everybody reads who works with leads."""

from django.urls import path

from leadstone.studio.machines import trials

urlpatterns = [
    path("", trials.trials, name="trials"),
    path("list.csv", trials.trials_csv, name="trials_csv"),
]
