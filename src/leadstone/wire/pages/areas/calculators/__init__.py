"""Public pages and phrases of calculators."""
