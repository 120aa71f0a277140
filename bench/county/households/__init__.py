"""One clean household: its people, house, income, cards, and its rows in the rolls of the first samples."""
