"""Asking the DNS whether a domain takes mail.

Owns: nothing.
Promises: a time-out is "unknown", never "yes" or "no".
Never: is asked while a visitor waits.
"""
