"""Parquet files that only ever grow in number, and a short-lived process that writes and reads them with DuckDB.

Owns: the folder `lake` and what lies in it; which of its files count is told by whoever calls.
Promises: a file is whole and on the disk before it has its name; the process ends with its answer, within bounds.
Never: loads DuckDB into the process that asks, or lets it reach beyond the folder.
"""
