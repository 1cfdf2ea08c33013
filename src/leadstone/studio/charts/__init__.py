"""Charts: server-side SVG, each with its table."""
