"""The question after use: did you get what was promised?"""
