"""Doors by which other systems hand people over: addresses, mappings, and a log of what came.

Owns: Door, Delivery, AskedBox, AllowedHost.
Promises: what cannot be verified is not read, what came twice counts once, what fits nowhere is kept and told.
Never: takes a tick of a form elsewhere for a consent without the words that stood beside it.
"""
