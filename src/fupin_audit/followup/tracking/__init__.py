"""This run against the one before: each finding's way from found to mended."""
