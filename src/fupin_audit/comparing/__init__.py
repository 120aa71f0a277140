"""Any two sheets, compared row by row and field by field; `two_tables.compare` is the whole path on one page."""
