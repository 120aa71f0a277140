"""From many sheets to one table a ledger."""
