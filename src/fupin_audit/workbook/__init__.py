"""FROM file TO ledger rows: open, find the header, recognise, convert, assemble."""
