"""From bytes to a grid of text with its evidence, a file a format."""
