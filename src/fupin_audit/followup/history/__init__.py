"""Runs remembered: one SQLite file a county asks for, with what is kept of each finding, and nobody's name or number."""
