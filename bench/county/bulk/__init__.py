"""Counties of any size for benchmarks."""
