"""Events that were recorded in a transaction, and the reactions that have answered them.

Owns: RecordedEvent, FinishedReaction.
Promises: a reaction answers each event once, in the order of recording.
Never: knows what an event means.
"""
