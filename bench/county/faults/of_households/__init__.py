"""Faults of households: keys, family, status, income, house, water, help, monitoring."""
