"""DOES it hold: rules become SQL trees, DuckDB judges them."""
