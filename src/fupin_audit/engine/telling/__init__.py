"""From failure to finding: cells, causes, grounds, sentences."""
