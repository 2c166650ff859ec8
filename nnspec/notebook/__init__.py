"""Notebooks and scripts: their cells, calls and printed figures, what they train, what needs no training."""
