"""Addresses of the results."""

from django.urls import path

from leadstone.studio.results import views

urlpatterns = [
    path("", views.results, name="results"),
    path("export.csv", views.results_csv, name="results_csv"),
    path("<int:magnet_id>", views.magnet_figures, name="magnet_figures"),
]
