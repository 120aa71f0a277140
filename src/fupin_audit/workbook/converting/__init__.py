"""From text to typed cells: a Grid and what it was taken for enter; the SheetRows of each ledger leave."""
