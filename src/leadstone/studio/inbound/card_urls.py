"""A business card is a way to add a lead, and stands where leads are added."""

from django.urls import path

from leadstone.studio.inbound import card

urlpatterns = [path("card", card.card, name="lead_card")]
