"""Two drops of one county: what changed between them and is told, and what may differ without a word."""
