"""From checked households to the share of records that do not match reality, with its error."""
