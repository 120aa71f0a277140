"""Two books of the same households: how one entry becomes rules."""
