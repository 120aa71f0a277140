"""Whether a catalogue can run: every name, type and example of it."""
