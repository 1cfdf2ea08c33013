"""Calendar files: invitations that are sent (RFC 5545, 5546), and calendars of others that are read.

Owns: nothing kept.
Promises: lines of at most 75 octets, times in UTC; a value that is given never becomes a property of its own.
Never: fetches anything.
"""
