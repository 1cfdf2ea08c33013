"""Who we are to the outside: name, sender, postal address, logo and colour.

Owns: Brand (one row).
Promises: every page and every mail names the same sender.
Never: holds anything about a visitor.
"""
