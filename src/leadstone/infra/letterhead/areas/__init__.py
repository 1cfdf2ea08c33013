"""Letters of kinds that write more than one mail: one package each; their phrases are in the area's public catalogue."""
