"""Addresses of assignment."""

from django.urls import path

from leadstone.studio.assignment import availability, hands, open_queue, ruling, simulation

urlpatterns = [
    path("", ruling.rules, name="assignment"),
    path("rules/new", ruling.rule_add, name="rule_add"),
    path("rules/<int:rule_id>", ruling.rule, name="rule"),
    path("rules/<int:rule_id>/simulation", simulation.simulation, name="rule_simulation"),
    path("rules/<int:rule_id>/on", ruling.rule_on, name="rule_on"),
    path("rules/<int:rule_id>/off", ruling.rule_off, name="rule_off"),
    path("rules/<int:rule_id>/move", ruling.rule_move, name="rule_move"),
    path("rules/<int:rule_id>/remove", ruling.rule_remove, name="rule_remove"),
    path("rules/<int:rule_id>/restore", ruling.rule_restore, name="rule_restore"),
    path("queue", open_queue.open_queue, name="open_queue"),
    path("availability", availability.availability, name="availability"),
    path("availability/<int:user_id>", availability.availability_of, name="availability_of"),
    path("leads/<int:lead_id>/hand-over", hands.hand_over, name="lead_hand_over"),
    path("leads/<int:lead_id>/take", hands.take, name="lead_take"),
    path("leads/<int:lead_id>/accept", hands.accept, name="lead_hand_accept"),
    path("leads/<int:lead_id>/return", hands.return_lead, name="lead_hand_return"),
    path("leads/<int:lead_id>/back", hands.back, name="lead_hand_back"),
]
