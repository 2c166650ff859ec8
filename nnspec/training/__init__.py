"""Training: recipes in, runs out."""
