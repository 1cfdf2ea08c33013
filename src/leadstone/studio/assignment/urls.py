"""Addresses of assignment."""

from django.urls import path

from leadstone.studio.assignment import hands

urlpatterns = [
    path("leads/<int:lead_id>/hand-over", hands.hand_over, name="lead_hand_over"),
    path("leads/<int:lead_id>/take", hands.take, name="lead_take"),
    path("leads/<int:lead_id>/accept", hands.accept, name="lead_hand_accept"),
    path("leads/<int:lead_id>/return", hands.return_lead, name="lead_hand_return"),
    path("leads/<int:lead_id>/back", hands.back, name="lead_hand_back"),
]
