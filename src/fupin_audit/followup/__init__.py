"""What follows an audit: the sample of households to visit, and what the visits say of the records."""
