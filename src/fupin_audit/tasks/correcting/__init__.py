"""Corrections: a sheet that says what was wrong and what is right enters, corrected copies and a log leave."""
