"""How much a traced function computes, counted operation by operation: the same on every machine."""

from __future__ import annotations

import math
from typing import Any

from nnspec.training.cost import Count


def counted(jaxpr: Any) -> Count:
    """Return what one call of a traced function computes.

    What a `scan` repeats counts as often as it is repeated, of branches the dearest counts, and what is
    repeated until a condition ends it counts once, for nobody knows how often that will be.
    """
    total = Count()
    for equation in jaxpr.eqns:
        inner = [counted(one) for one in _inner(equation)]
        if equation.primitive.name == "cond":
            total = total.plus(max(inner))
        elif inner:
            times = equation.params.get("length", 1)
            for one in inner:
                total = total.plus(one, times)
        else:
            total = total.plus(_of_one(equation))
    return total


def _inner(equation: Any) -> list[Any]:
    found: list[Any] = []
    for parameter in equation.params.values():
        several = parameter if isinstance(parameter, tuple | list) else [parameter]
        for one in several:
            closed = getattr(one, "jaxpr", one)
            if hasattr(closed, "eqns"):
                found.append(closed)
    return found


def _of_one(equation: Any) -> Count:
    values = float(sum(math.prod(getattr(one.aval, "shape", ())) for one in equation.outvars))
    name = equation.primitive.name
    if name == "dot_general":
        (contracted, _), _ = equation.params["dimension_numbers"]
        shape = equation.invars[0].aval.shape
        return Count(0.0, values * math.prod(shape[axis] for axis in contracted), values)
    if name == "conv_general_dilated":
        kernel, axes = equation.invars[1].aval.shape, equation.params["dimension_numbers"].rhs_spec
        return Count(0.0, values * math.prod(kernel) / kernel[axes[0]], values)
    return Count(0.0, 0.0, values)
