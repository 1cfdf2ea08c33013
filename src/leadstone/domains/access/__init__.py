"""Who of the staff may enter, and as what.

Owns: User, Team, ReachOfRole, ApiKey, KeyUse, KeptAnswer.
Promises: a password is kept as Argon2id only, a key as its hash; every read of a lead can name its reader.
Never: knows a contact.
"""
