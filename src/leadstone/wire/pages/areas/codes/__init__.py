"""Public pages and phrases of codes."""
