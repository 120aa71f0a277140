"""One household in all ledgers; `viewing.view_household` is the whole path on one page."""
