"""From rows to cells: columns, forms, pages, files."""
