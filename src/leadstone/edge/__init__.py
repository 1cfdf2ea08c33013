"""The public door: serves the bundle, appends to the journal, and can read neither leads nor the database."""
