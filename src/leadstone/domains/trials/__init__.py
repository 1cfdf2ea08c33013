"""Trial subscriptions: when they began, whether they are used, and how they ended.

Owns: Trial.
Promises: a start is handed over once, and its end is known before it comes.
Never: turns into a payment by itself.
"""
