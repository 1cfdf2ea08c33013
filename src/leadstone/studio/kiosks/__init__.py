"""Kiosks: pairing devices, and what came from them."""
