"""Public pages and phrases of shipments."""
