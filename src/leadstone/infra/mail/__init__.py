"""Mail as the standards know it: a message, a way to hand it over, and the local mailbox.

Owns: the Maildir at `mail/` in the data folder.
Promises: a value that would break a header never reaches one; the outcome of a hand-over is never guessed.
Never: decides whether somebody may be written to.
"""
