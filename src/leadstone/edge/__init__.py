"""The public door: serves what is published and what a signed token alone decides, and writes down what visitors send.

Owns: edge_state.sqlite3 (uses of tokens, counts by network), the form key, views until they are journaled.
Promises: a submission is durable before it is acknowledged, also while the database and the portal are down.
Never: opens the database, reads a lead back, sets a cookie, or mints a token for a mailbox.
"""
