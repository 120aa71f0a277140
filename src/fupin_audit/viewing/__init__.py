"""One household in all ledgers; `run.view_household` is the whole path on one page."""
