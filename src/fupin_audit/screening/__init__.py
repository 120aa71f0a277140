"""Where numbers look made up: the columns of a delivery enter, tests of villages, recorders and checkers leave."""
