"""Lead forms of Facebook and Instagram.

Owns: nothing.
Promises: reads what carries its data, and names the address that tells the rest when an id came alone.
Never: trusts a byte whose signature does not fit.
"""
