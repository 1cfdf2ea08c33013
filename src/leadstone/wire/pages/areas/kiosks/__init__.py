"""The page of a kiosk: a form for whoever stands before it, and a few buttons for the staff beside it."""
