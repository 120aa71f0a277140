"""The same rules in three engines: ours, pandera, Great Expectations."""
