"""Figures that open to their rows: what each magnet brings.

Owns: no table; reads the others.
Promises: a magnet is judged by the customers that it brings.
Never: says more than the sample allows.
"""
