"""How text and files are written, for every report."""
