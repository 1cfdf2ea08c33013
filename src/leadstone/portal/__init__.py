"""The door of a token holder: what we know of you, why we wrote, what you allowed, and the way out.

Owns: no table.
Promises: whoever holds the link sees everything about themselves and can take all of it back.
Never: sets a cookie, asks for a password, or tells a stranger whether somebody is known.
"""
