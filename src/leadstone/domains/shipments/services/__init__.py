"""The only writes of shipments."""
