"""Addresses of leads."""

from django.urls import path

from leadstone.studio.leads import adding, listing, moving, views

urlpatterns = [
    path("", listing.leads_list, name="leads"),
    path("export.csv", listing.leads_csv, name="leads_csv"),
    path("new", adding.lead_add, name="lead_add"),
    path("<int:lead_id>", views.lead, name="lead"),
    path("<int:lead_id>/move", moving.move, name="lead_move"),
    path("<int:lead_id>/move/back/<slug:before>/<slug:after>", moving.move_back, name="lead_move_back"),
    path("<int:lead_id>/owner", views.owner, name="lead_owner"),
    path("<int:lead_id>/deal", views.deal, name="lead_deal"),
    path("<int:lead_id>/deal/<int:deal_id>/back", views.deal_back, name="lead_deal_back"),
]
