"""Entering and leaving the studio."""
