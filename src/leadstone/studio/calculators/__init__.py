"""The part of the editor that is about calculators."""
