"""Addresses of companies and of people."""

from django.urls import path

from leadstone.studio.companies import adding, card, listing, person, tags

urlpatterns = [
    path("", listing.company_list, name="companies"),
    path("export.csv", listing.company_csv, name="companies_csv"),
    path("leads/new", adding.company_lead_add, name="company_lead_add"),
    path("<int:company_id>", card.company, name="company_card"),
    path("<int:company_id>/change", card.change, name="company_change"),
    path("<int:company_id>/leads/new", adding.lead_of_company, name="company_lead"),
    path("<int:company_id>/people/new", adding.person_add, name="company_person_add"),
    path("people/<int:contact_id>", person.person, name="person_card"),
    path("people/<int:contact_id>/tags", tags.tag_add, name="tag_add"),
    path("people/<int:contact_id>/tags/<int:tag_id>/remove", tags.tag_remove, name="tag_remove"),
    path("people/<int:contact_id>/tags/<int:tag_id>/back", tags.tag_back, name="tag_back"),
]
