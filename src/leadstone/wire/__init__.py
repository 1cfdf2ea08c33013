"""What travels between the edge and the core: records, journal, tokens, bundle, and the one renderer of public pages.

Owns: the journal file and the bundle folder, as formats.
Promises: a record written by an older edge is read by a newer worker.
Never: imports Django, or holds a private key where the edge could read it.
"""
