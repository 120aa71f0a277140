"""Rows as plain data, and the invented names and numbers in them."""
