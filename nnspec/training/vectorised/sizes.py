"""How many seeds of a model are trained together, and which models' seeds are better trained in turn."""

from __future__ import annotations

import math
from typing import Any

from nnspec.machine.jax_setup import jax_keras

_LARGE = 50_000  # weights; chosen between the two that were measured
MOST_IN_TURN = 4  # seeds of a block, which is filled up: more would gain nothing
_MOST_BYTES = 300_000_000  # that the values of a step, and the states of all seeds, may take together


def in_turn(model: Any) -> bool:
    """Return whether seeds are trained one after another in the compiled program.

    On a processor these are models with convolutions, whose products of patches took half as long again for
    many seeds at once, and large ones: with 100,000 weights seeds in turn took a fifth less, with 400 twice
    as long. On a GPU all at once are right.
    """
    jax, keras = jax_keras()
    if jax.default_backend() != "cpu":
        return False
    if model.count_params() > _LARGE:
        return True
    layers = keras.layers
    kinds = tuple(
        getattr(layers, name)
        for name in dir(layers)
        if isinstance(getattr(layers, name), type) and "Conv" in name
    )
    return any(isinstance(layer, kinds) for layer in model._flatten_layers())


def over_seeds(one_by_one: bool) -> Any:
    """Return what maps a function of one seed over all of them."""
    jax, _ = jax_keras()
    if one_by_one:
        return lambda function: lambda arguments: jax.lax.map(function, arguments)
    return jax.vmap


def seeds_at_once(step: Any, state: Any) -> int:
    """Return how many seeds fit into memory together, from a traced step and the state of one seed.

    All values of a step are counted as if each were kept until its end, which is more than it takes.
    """
    jax, _ = jax_keras()
    state_bytes = sum(leaf.nbytes for leaf in jax.tree.leaves(state))
    taken: int = 3 * state_bytes + _bytes(step.jaxpr)
    return max(1, _MOST_BYTES // max(1, taken))


def _bytes(jaxpr: Any) -> int:
    total = 0
    for equation in jaxpr.eqns:
        for variable in equation.outvars:
            shape = getattr(variable.aval, "shape", ())
            total += 4 * math.prod(shape)
        for parameter in equation.params.values():
            inner = getattr(parameter, "jaxpr", None)
            if inner is not None:
                total += _bytes(getattr(inner, "jaxpr", inner))
    return total
