"""Faults of books, departments, villages, money, and of what checkers saw."""
