"""Companies and people as they are known."""
