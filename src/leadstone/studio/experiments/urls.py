"""Addresses of experiments."""

from django.urls import path

from leadstone.studio.experiments import ending, listing, writing

urlpatterns = [
    path("", listing.experiments, name="experiments"),
    path("export.csv", listing.experiments_csv, name="experiments_csv"),
    path("new", writing.new, name="experiment_new"),
    path("<int:experiment_id>", writing.experiment, name="experiment"),
    path("<int:experiment_id>/plan", writing.save, name="experiment_save"),
    path("<int:experiment_id>/arm/<str:arm>", writing.arm_page, name="experiment_arm"),
    path("<int:experiment_id>/start", writing.start, name="experiment_start"),
    path("<int:experiment_id>/discard", writing.discard, name="experiment_discard"),
    path("<int:experiment_id>/bring-back", writing.bring_back, name="experiment_bring_back"),
    path("<int:experiment_id>/end", ending.end, name="experiment_end"),
    path("<int:experiment_id>/adopt", ending.adopt, name="experiment_adopt"),
    path("<int:experiment_id>/adopt-back", ending.adopt_back, name="experiment_adopt_back"),
]
