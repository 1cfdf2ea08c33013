"""The first start: one key from the console, one form, and the house is open."""
