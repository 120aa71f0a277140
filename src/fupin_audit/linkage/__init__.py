"""Which rows of two books are the same person's where no number says so: two rolls enter, weighed pairs leave."""
