"""Pure words that every floor shares: addresses, phones, ids, languages, decisions.

Owns: nothing that is stored.
Promises: the same answer for the same arguments, everywhere.
Never: imports Django, opens a file or a socket, or reads the clock.
"""
