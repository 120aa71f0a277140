"""WHAT the columns are: one Pydantic model a ledger, field types, code lists, relations (D1, D2)."""
