"""Addresses of this area."""

from django.urls import path

from leadstone.studio.campaigns import card, costs, editing, links, listing, recalls, vocabulary

urlpatterns = [
    path("", listing.campaign_list, name="campaigns"),
    path("export.csv", listing.campaigns_csv, name="campaigns_csv"),
    path("costs.csv", listing.costs_csv, name="costs_csv"),
    path("new", editing.campaign_new, name="campaign_new"),
    path("words", vocabulary.words, name="campaign_words"),
    path("words/say", vocabulary.word_say, name="word_say"),
    path("words/<int:spelling_id>/unsay", vocabulary.word_unsay, name="word_unsay"),
    path("address", vocabulary.address_builder, name="address_builder"),
    path("<int:campaign_id>", card.campaign_card, name="campaign"),
    path("<int:campaign_id>/change", editing.campaign_change, name="campaign_change"),
    path("<int:campaign_id>/archive", editing.campaign_archive, name="campaign_archive"),
    path("<int:campaign_id>/back", editing.campaign_back, name="campaign_back"),
    path("<int:campaign_id>/costs/add", costs.cost_add, name="cost_add"),
    path("<int:campaign_id>/costs.csv", costs.campaign_costs_csv, name="campaign_costs_csv"),
    path("<int:campaign_id>/costs/<int:cost_id>/take-back", costs.cost_take_back, name="cost_take_back"),
    path("<int:campaign_id>/costs/<int:cost_id>/count-again", costs.cost_count_again, name="cost_count_again"),
    path("<int:campaign_id>/recalls/add", recalls.recall_add, name="recall_add"),
    path("<int:campaign_id>/recalls/<int:recall_id>/take-back", recalls.recall_take_back, name="recall_take_back"),
    path("<int:campaign_id>/recalls/<int:recall_id>/count-again", recalls.recall_count_again, name="recall_count_again"),
    path("<int:campaign_id>/links/add", links.link_add, name="link_add"),
    path("<int:campaign_id>/links.csv", links.links_csv, name="links_csv"),
    path("<int:campaign_id>/links.pdf", links.links_sheet, name="links_sheet"),
    path("links/<int:link_id>.svg", links.link_svg, name="link_svg"),
    path("links/<int:link_id>.png", links.link_png, name="link_png"),
    path("links/<int:link_id>.pdf", links.link_sheet, name="link_sheet"),
]
