"""Addresses of the results."""

from django.urls import path

from leadstone.studio.results import cohorts, credit, monthly, proof, proof_cells, proof_totals, views

urlpatterns = [
    path("", views.results, name="results"),
    path("export.csv", views.results_csv, name="results_csv"),
    path("proof/", proof.proof, name="proof"),
    path("proof/export.csv", proof.proof_csv, name="proof_csv"),
    path("proof/rows", proof_cells.cell, name="proof_rows"),
    path("proof/rows.csv", proof_cells.cell_csv, name="proof_rows_csv"),
    path("proof/sales", proof_cells.sales, name="proof_sales"),
    path("proof/sales.csv", proof_cells.sales_csv, name="proof_sales_csv"),
    path("proof/looks", proof_totals.looks, name="proof_looks"),
    path("proof/looks.csv", proof_totals.looks_csv, name="proof_looks_csv"),
    path("proof/costs", proof_totals.costs, name="proof_costs"),
    path("proof/costs.csv", proof_totals.costs_csv, name="proof_costs_csv"),
    path("cohorts/", cohorts.cohorts, name="cohorts"),
    path("time/", cohorts.time_to_buy, name="time_to_buy"),
    path("credit/", credit.credit, name="credit"),
    path("credit/export.csv", credit.credit_csv, name="credit_csv"),
    path("month.pdf", monthly.monthly_report, name="monthly_report"),
    path("sources/", credit.source_map, name="source_map"),
    path("<int:magnet_id>", views.magnet_figures, name="magnet_figures"),
]
