"""Addresses of qualification."""

from django.urls import path

from leadstone.studio.qualification import points, views

urlpatterns = [
    path("points", points.points, name="checklist_points"),
    path("points/order", points.order, name="checklist_order"),
    path("points/<int:point_id>", points.change, name="checklist_point"),
    path("points/<int:point_id>/archive", points.archive, name="checklist_archive"),
    path("<int:lead_id>", views.qualification, name="qualification"),
    path("<int:lead_id>/evidence", views.give, name="evidence"),
    path("<int:lead_id>/evidence/<int:evidence_id>/withdraw", views.withdraw, name="evidence_withdraw"),
    path("<int:lead_id>/evidence/<int:evidence_id>/restore", views.restore, name="evidence_restore"),
    path("<int:lead_id>/evidence/<int:evidence_id>/back", views.take_back, name="evidence_take_back"),
    path("<int:lead_id>/promote", views.promote, name="promote"),
    path("<int:lead_id>/override", views.override, name="promote_anyway"),
    path("<int:lead_id>/promote/<int:promotion_id>/back", views.promote_back, name="promote_back"),
]
