"""Who of the staff read or took out what, and what was done with rights and keys.

Owns: AuditLine, AuditHead.
Promises: a line is never changed or deleted; a flipped byte in the chain is found.
Never: holds a personal value of a visitor; a line names ids.
"""
