"""Notebooks and scripts: their cells, calls and printed figures, and what is found without training."""
