"""Prospects on their way to customers: stages, deals, and what they are worth.

Owns: Stage, CloseReason, Deal, StageChange, Goal.
Promises: a customer is a won deal, and only that; the history of stages is the truth for durations.
Never: changes a lead.
"""
