"""One person's right to one delivery of a magnet, and its fate.

Owns: Grant, PromiseWarning, MailedCode, CodeAttempt.
Promises: a grant ends in delivered or in failed with an alarm; a second request gets what was promised or a clear reason.
Never: opens without a proven mailbox.
"""
