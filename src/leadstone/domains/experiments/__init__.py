"""Two ways to say the same thing, and which of them brings more.

Owns: Experiment, Variant.
Promises: goal and rule stand before the start; a verdict says when the numbers are too small.
Never: knows a visitor before the form, or changes an arm that is running.
"""
