"""Ledgers that departments keep of people and houses."""
