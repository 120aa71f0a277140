"""Clean counties: villages with their households, what their place promises, and other years."""
