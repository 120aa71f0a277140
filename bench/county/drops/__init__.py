"""What offices hand in: files and sheets in the columns of each generation."""
