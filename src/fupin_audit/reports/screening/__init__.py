"""The statistical screens shown: what stands out, every test, pictures."""
