"""Delimited text: its encoding, its separator, its records."""
