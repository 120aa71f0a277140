"""Indicators measured against their targets."""
