"""Secrets of an installation; made by the one function that the edge uses too."""

from leadstone.wire.secret_files import load_or_create_secret

__all__ = ["load_or_create_secret"]
