"""What a sheet is: a Grid enters; its header, the ledgers it feeds and the column of each field leave (Recognition)."""
