"""Which ledger a sheet is, and which column is which field."""
