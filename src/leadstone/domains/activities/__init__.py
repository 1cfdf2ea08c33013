"""What staff do and plan with people: tasks, calls, meetings, notes.

Owns: Activity.
Promises: every open activity has an owner who sees it; what happened is never overwritten.
Never: dials or writes to anybody by itself.
"""
