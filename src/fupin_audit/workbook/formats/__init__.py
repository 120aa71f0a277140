"""From bytes to cells: the bytes of a file enter, a Grid of text a sheet leaves; a module a format."""
