"""The kiosk: an installable page that works without a network."""
