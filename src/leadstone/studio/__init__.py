"""The staff door: server-rendered pages over queries and services.

Owns: the screens, their words and the design system; no table.
Promises: a GET changes nothing; every page works without a script; every view says who may see it.
Never: writes to a table, or decides what a domain should decide.
"""
