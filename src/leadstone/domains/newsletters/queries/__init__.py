"""The only reads of newsletters that others may call."""
