"""Public pages and phrases of newsletters."""
