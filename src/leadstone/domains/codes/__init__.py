"""Codes that are worth something: pools, claims, and what was redeemed.

Owns: Pool, Code, Waiting, Redemption.
Promises: a code is one person's, and counts as often as its terms say; whoever asks again gets the same one.
Never: hands out more than there are, takes one outside its rules, or keeps one in readable form.
"""
