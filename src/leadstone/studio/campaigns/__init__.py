"""Campaigns: what they cost, their links, codes and print sheets."""
