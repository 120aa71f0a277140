"""Which files there are, and whether they may be opened."""
