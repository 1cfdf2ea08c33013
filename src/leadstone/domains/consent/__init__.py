"""What each person allowed, when and on which words.

Owns: Wording, ConsentRecord, ConsentEvidence, Permission, Suppression, LedgerHead.
Promises: may_write_to answers for every message before it leaves, may_call before a number is shown; a flipped byte is found.
Never: changes or deletes a record; a withdrawal is a new one.
"""
