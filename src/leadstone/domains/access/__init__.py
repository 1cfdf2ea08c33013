"""Who of the staff may enter, and as what.

Owns: User, Team, ReachOfRole.
Promises: a password is kept as Argon2id only; every read of a lead can name its reader.
Never: knows a contact.
"""
