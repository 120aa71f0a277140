"""The page: all findings in one file for a browser, which needs nothing else."""
