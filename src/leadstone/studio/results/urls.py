"""Addresses of the results."""

from django.urls import path

from leadstone.studio.results import cohorts, credit, monthly, proof, views

urlpatterns = [
    path("", views.results, name="results"),
    path("export.csv", views.results_csv, name="results_csv"),
    path("proof/", proof.proof, name="proof"),
    path("proof/export.csv", proof.proof_csv, name="proof_csv"),
    path("proof/rows", proof.cell, name="proof_rows"),
    path("proof/rows.csv", proof.cell_csv, name="proof_rows_csv"),
    path("cohorts/", cohorts.cohorts, name="cohorts"),
    path("time/", cohorts.time_to_buy, name="time_to_buy"),
    path("credit/", credit.credit, name="credit"),
    path("credit/export.csv", credit.credit_csv, name="credit_csv"),
    path("month.pdf", monthly.monthly_report, name="monthly_report"),
    path("sources/", credit.source_map, name="source_map"),
    path("<int:magnet_id>", views.magnet_figures, name="magnet_figures"),
]
