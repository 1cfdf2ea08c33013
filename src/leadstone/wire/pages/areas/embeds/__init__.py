"""Forms of ours on pages of others."""
