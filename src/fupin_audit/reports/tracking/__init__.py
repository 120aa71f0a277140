"""Findings followed from run to run shown: what was mended, what came back, who is behind."""
