"""How good a lead is: accuracy, incentive and awareness, each with its reasons.

Owns: the quality rules.
Promises: the same facts give the same numbers; every number lists its reasons.
Never: blends the three into one, or judges a name for being unfamiliar.
"""
