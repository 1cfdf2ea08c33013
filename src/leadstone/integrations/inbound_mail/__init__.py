"""Mail that becomes a lead.

Owns: nothing.
Promises: who wrote is read from the headers alone; a mailbox is asked for what is new, and for nothing else.
Never: keeps what is attached; marks anything as read that is not for a door.
"""
