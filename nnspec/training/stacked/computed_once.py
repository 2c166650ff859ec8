"""Values that a compiled program computes once and keeps, where XLA would compute them again for each use."""

from __future__ import annotations

from typing import Any

from nnspec.machine.tensorflow_setup import tensorflow


def materialised(tensor: Any) -> Any:
    """Return the float tensor, to be written to memory before anything that broadcasts or sums it reads it.

    XLA moves cheap operations into every loop that uses their result, and counts a chain of them as
    cheap: the gradient at the outputs was computed anew for each of fifty hidden units, a dropout mask
    for each unit behind it. Division is what it does not repeat, and the one that divides here is known
    only when all that could be simplified has been. Two moons with fifty units take a fifth of the time.
    """
    from tensorflow.compiler.tf2xla.ops import gen_xla_ops

    tf, _ = tensorflow()
    (one,) = gen_xla_ops.xla_optimization_barrier([tf.constant(1.0)])
    return tensor / one
