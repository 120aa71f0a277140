"""Rules that can't mean what they say: conditions that never or always hold, rules that repeat or contradict."""
