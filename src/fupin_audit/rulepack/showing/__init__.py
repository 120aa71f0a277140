"""Rules told to people: descriptions, wording, a skeleton to fill in."""
