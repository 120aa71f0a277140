"""Whole villages: households, what the village has, what its place promises, and other years."""
