"""Findings one by one for other programs: tables, lines, remarks in a merge request."""
