"""The clock door: drains the journal, reacts, sends, publishes the bundle and runs due work; any number of them.

Owns: nothing that is stored; `run/workers/` in the data folder says who is alive.
Promises: a task that fails backs off alone, and the others go on; a stop finishes the message in hand.
Never: decides; it only calls flows and services when they are due.
"""
