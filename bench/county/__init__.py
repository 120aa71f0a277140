"""Fictional counties for samples and benchmarks: invented people, real column sets, real mess.

The same seed gives the same county, byte for byte; no clock is read.
"""
