"""Organisations, known by name and mail domain.

Owns: Company.
Promises: one company a mail domain; a free-mail domain is nobody's company.
Never: merges two companies by name alone.
"""
