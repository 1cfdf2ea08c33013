"""Public pages and words of short links: where a code is typed."""
