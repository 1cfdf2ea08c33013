"""Addresses of this area."""

from django.urls import path

from leadstone.studio.inbound import changing, door, listing, own_pages

urlpatterns = [
    path("", listing.ways_in, name="ways_in"),
    path("new", listing.new, name="way_in_new"),
    path("pages", own_pages.own_pages, name="own_pages"),
    path("pages/allow", own_pages.allow, name="own_page_allow"),
    path("pages/allow/<str:host>", own_pages.allow_again, name="own_page_allow_again"),
    path("pages/forbid/<str:host>", own_pages.forbid, name="own_page_forbid"),
    path("<int:door_id>", door.way_in, name="way_in"),
    path("<int:door_id>/export.csv", door.log_csv, name="way_in_csv"),
    path("<int:door_id>/change", changing.change, name="way_in_change"),
    path("<int:door_id>/change/back/<int:moment>", changing.change_back, name="way_in_change_back"),
    path("<int:door_id>/secret", changing.secret, name="way_in_secret"),
    path("<int:door_id>/secret/swap", changing.swap, name="way_in_swap"),
    path("<int:door_id>/secret/end", changing.end_old, name="way_in_end_old"),
    path("<int:door_id>/box/<int:box_id>", changing.box, name="way_in_box"),
    path("<int:door_id>/pause", door.pause, name="way_in_pause"),
    path("<int:door_id>/open", door.let_in, name="way_in_open"),
    path("<int:door_id>/test", door.test, name="way_in_test"),
    path("<int:door_id>/meaning", door.meaning, name="way_in_meaning"),
    path("<int:door_id>/again", door.again, name="way_in_again"),
]
