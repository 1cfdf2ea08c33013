"""Random tokens of one purpose each, of which only the hash is kept.

Owns: StoredToken.
Promises: at least 128 random bits, one purpose, an expiry.
Never: keeps the token itself.
"""
