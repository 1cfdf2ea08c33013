"""What became of a lead in money.

Owns: Deal.
Promises: a customer is a won deal, and only that.
Never: changes a lead.
"""
