"""Files no one would make by hand."""
