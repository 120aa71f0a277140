"""A delivery audited on Spark by the same engine: executors read the files, one task places every row, counties are judged side by side."""
