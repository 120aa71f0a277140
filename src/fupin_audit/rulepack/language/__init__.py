"""From the text of an expression to a checked tree."""
