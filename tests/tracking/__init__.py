"""Findings month after month."""
