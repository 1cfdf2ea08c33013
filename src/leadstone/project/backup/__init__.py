"""Backup and restore: one encrypted file that holds an installation, and the way back from it.

`vault` encrypts, `records` says what lies inside, `saving` and `tables` write it, `reading` and `checking` prove it without
writing anything, `emptiness`, `unpacking` and `loading` make an installation of it again.
"""
