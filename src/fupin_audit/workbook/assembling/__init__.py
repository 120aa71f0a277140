"""From all sheets to one table a ledger: SheetRows enter, a LedgerTable leaves.

`assembly` has the whole; its three steps are `stacking` (sheet under sheet), `grouping` (which rows are one) and
`merging` (one value a field); beside it stand the rows of `earlier_years` and the remark on sheets that `overlap`.
"""
