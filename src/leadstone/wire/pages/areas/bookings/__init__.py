"""Public pages and phrases of bookings."""
