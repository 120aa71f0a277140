"""Which rows of two ledgers belong together."""
