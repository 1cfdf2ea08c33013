"""Deals on the board: stages, cards, what moves them."""
