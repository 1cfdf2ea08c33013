"""Measures over the facts of the lake, each written once: expressions of Narwhals, whatever engine reads the files.

A measure takes a frame with the columns of `rules.facts.COLUMNS` and gives a frame back. Machines are left out first.
"""
