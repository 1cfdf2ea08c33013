"""Experiments: arms, rules, and verdicts in words."""
