"""The one door to DuckDB: tables in, queries out."""
