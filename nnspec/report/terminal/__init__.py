"""A claim and its seeds as text for a terminal."""
