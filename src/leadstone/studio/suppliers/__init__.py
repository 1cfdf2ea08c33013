"""Suppliers of leads: checks at the door, prices, returns and notices."""
