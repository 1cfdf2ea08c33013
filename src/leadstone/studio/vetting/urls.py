"""The addresses of these screens."""

from django.urls import path

from leadstone.studio.vetting import views

urlpatterns = [
    path("<int:magnet_id>/checks", views.checks, name="magnet_checks"),
    path("<int:magnet_id>/checks/evidence", views.give_evidence, name="claim_evidence"),
    path("<int:magnet_id>/checks/approve", views.approve, name="claim_approve"),
    path("<int:magnet_id>/checks/answers/<int:answer_id>/back", views.take_back, name="claim_take_back"),
    path("<int:magnet_id>/checks/answers/<int:answer_id>/again", views.put_back, name="claim_put_back"),
    path("<int:magnet_id>/checks/answers/<int:answer_id>/file", views.evidence_file, name="claim_file"),
    path("<int:magnet_id>/checks/sources", views.add_source, name="source_add"),
    path("<int:magnet_id>/checks/sources/<int:source_id>/remove", views.remove_source, name="source_remove"),
    path("<int:magnet_id>/checks/sources/<int:source_id>/restore", views.restore_source, name="source_restore"),
    path("<int:magnet_id>/checks/sources/<int:source_id>/read", views.read_source, name="source_read"),
    path("<int:magnet_id>/checks/compare", views.compare, name="magnet_compare"),
]
