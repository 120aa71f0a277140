"""The ledgers, a file a family."""
