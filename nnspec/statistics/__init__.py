"""Verdicts, intervals and tests; NumPy and SciPy alone."""
