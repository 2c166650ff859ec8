"""Whole numbers that stand in code as they are: an index, the end of a slice."""

from __future__ import annotations

import ast


def whole_number_of(node: ast.expr) -> int | None:
    """Return the whole number that an expression writes out, None where it is anything else."""
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError):
        return None
    return value if type(value) is int else None
