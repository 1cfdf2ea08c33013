"""Letters that people asked for: write, try, send, and look back."""
