"""Hosts, their hours, and who comes when."""
