"""Any two sheets, compared row by row and field by field; `run.compare` is the whole path on one page."""
