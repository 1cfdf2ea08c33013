"""What other systems are told, signed, until they have heard it.

Owns: Endpoint, Delivery.
Promises: each event reaches each endpoint at least once, or stands as a dead letter that can be sent again.
Never: sends to an address inside our own network.
"""
