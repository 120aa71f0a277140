"""Rules proved by their own examples."""
