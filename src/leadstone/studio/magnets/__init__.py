"""The marketer's screens: from a dropped document to a published magnet, and what became of it."""
