"""Posts in social networks, and how far they reach."""
