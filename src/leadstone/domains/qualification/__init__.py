"""When a lead is a prospect: a checklist, the evidence for each point, and who decided.

Owns: Point, Evidence, Promotion.
Promises: no lead becomes a prospect without the evidence that the checklist names, or only by a named manager's override.
Never: invents evidence; each piece names its source.
"""
