"""A delivery of several counties, judged county by county: placed as a whole, cut, judged by the same engine, gathered."""
