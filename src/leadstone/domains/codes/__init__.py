"""Codes that are worth something: pools, claims, and what was redeemed.

Owns: Pool, Code, Redemption.
Promises: a code is one person's, and counts once.
Never: hands out more than there are, or takes one outside its rules.
"""
