"""Leadstone: the honest exchange between a company and the people it wants as customers."""

__version__ = "0.1.0"
