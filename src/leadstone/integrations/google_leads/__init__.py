"""Lead form assets of Google Ads.

Owns: nothing.
Promises: the key that Google was given is compared before anything else of a body counts.
Never: says how much of a key was right.
"""
