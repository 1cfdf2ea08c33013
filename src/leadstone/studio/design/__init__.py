"""The live page of all components."""
