"""The clock door: drains the journal, reacts, sends, publishes the bundle and runs due work; any number of them."""
