"""A delivery in the database: places, parameters, subjects."""
