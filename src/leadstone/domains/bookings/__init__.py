"""Hosts, their hours, and who comes when.

Owns: Host, OtherDay, Feed, BusyTime, Booking, TakenGranule.
Promises: a time is given once, held ones included, by a constraint of the database.
Never: gives a time that is busy, too soon, or that does not exist on the day the clocks change.
"""
