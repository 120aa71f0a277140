"""The folders under samples/."""
