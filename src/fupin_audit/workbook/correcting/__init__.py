"""A copy of a delivered file with other values in some cells: a file and the values enter, the bytes of the copy leave."""
