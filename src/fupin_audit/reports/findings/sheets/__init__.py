"""The sheets of the 整改台账 that are more than a table."""
