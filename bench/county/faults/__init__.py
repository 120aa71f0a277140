"""What is planted wrong in a county, family by family, as literal tables."""
