"""Public pages of kinds that have many: one folder each, with its templates and its catalogue."""
