"""Two records that differ: why they may, and which of them may be the same."""
