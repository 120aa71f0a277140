"""Ledgers that the poverty office and its systems keep."""
