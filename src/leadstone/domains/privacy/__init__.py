"""Where personal data lives, and how it leaves.

Owns: the personal-data map and erasure.
Promises: every column is declared; erasure reaches each personal one.
Never: touches the consent ledger, which holds nobody's values.
"""
