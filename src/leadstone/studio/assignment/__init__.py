"""Who gets which lead, and what became of it."""
