"""Figures that open to their rows: what each magnet brings.

Owns: LeadTrail, Standing, StagedFacts, LakeFile, and the summaries that screens read.
Promises: a magnet is judged by the customers that it brings; a fact is in the lake once, and names nobody.
Never: says more than the sample allows.
"""
