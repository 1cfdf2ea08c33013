"""Whose lead it is, by which rule, and whether they took it.

Owns: OwnerRule, RuleMember, Availability, Assignment.
Promises: every lead has an owner or stands in the open queue; turns are fair.
Never: changes who a lead is or where it stands.
"""
