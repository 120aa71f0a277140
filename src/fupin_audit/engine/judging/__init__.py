"""Whether rules hold: verdicts, failures, checks of cells."""
