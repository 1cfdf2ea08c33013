"""One pure file a kind of magnet: settings schema, steps, result rule, fates.
"""
