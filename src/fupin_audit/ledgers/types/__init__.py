"""Kinds of columns: how text becomes a value, and what is no value."""
