"""The local mailbox, for installations without a mail server."""
