"""One household shown, all ledgers side by side."""
