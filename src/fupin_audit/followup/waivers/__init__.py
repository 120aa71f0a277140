"""Findings that somebody in charge has exempted, with the reason and until when."""
