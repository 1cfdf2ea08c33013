"""Hosts, their hours, and who comes when.

Owns: Host, Hours, DayOff, Booking.
Promises: a time is given once, held ones included; calendars of both sides hear of each change.
Never: gives a time that is busy, too soon, or that does not exist on the day the clocks change.
"""
