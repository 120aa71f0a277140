"""Faults of persons: who they are, school, health, aid, work."""
