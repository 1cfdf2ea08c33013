"""Addresses of the forecast."""

from django.urls import path

from leadstone.studio.forecast import goals, listing, views, wins

urlpatterns = [
    path("", views.forecast, name="forecast"),
    path("wins-and-losses", wins.wins_losses, name="wins_losses"),
    path("deals", listing.deals_list, name="deals_list"),
    path("deals/export.csv", listing.deals_csv, name="deals_csv"),
    path("goals", goals.goals, name="goals"),
]
