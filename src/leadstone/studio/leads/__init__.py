"""Leads: the list, the card, and adding one in ten seconds."""
