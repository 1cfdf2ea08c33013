"""Measurements of this machine, each figure beside its limit in the same run.

Owns: one file a measurement; each has `measure(seconds=…)`, which returns figures by name.
Promises: the limit is measured minutes, not months, before what is compared with it.
Never: touches an installation; everything happens in a folder of its own.
"""
