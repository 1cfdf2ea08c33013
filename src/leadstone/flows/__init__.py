"""Stories that cross nouns, one file a story; `reactions.py` is the one table of who listens to what."""
