"""What the checks found in a magnet, and who answers for it."""
