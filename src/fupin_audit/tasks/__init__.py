"""What a command does besides a check: score, estimate from field sheets, prove rules."""
