"""What an audit must find, cell by cell."""
