"""Codes, the counter where they are redeemed, and what came of them."""
