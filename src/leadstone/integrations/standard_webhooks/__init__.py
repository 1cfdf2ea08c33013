"""Whatever signs its webhooks as standardwebhooks.com says: our own Leadstone elsewhere, a form maker, a script.

Owns: nothing.
Promises: what is older than five minutes, or from the future, is not read.
Never: compares a signature byte by byte.
"""
