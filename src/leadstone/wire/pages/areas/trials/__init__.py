"""Public pages and phrases of trials."""
