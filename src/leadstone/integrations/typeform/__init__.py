"""Forms of Typeform.

Owns: nothing.
Promises: a field is known by the words that its question is asked in.
Never: trusts a byte whose signature does not fit.
"""
