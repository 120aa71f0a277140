"""A comparison of two tables shown."""
