"""Faults of the optimizer's step: its learning rate, its epsilon, its bias correction."""

from spec.mutation.mutant import Edit
from spec.mutation.training_mutants import BLOCK, PROGRAM, mutant

OPTIMIZER_MUTANTS = (
    mutant(
        "learning-rate-times-3",
        "The learning rate is three times as large.",
        Edit(BLOCK, "rates[first : first + number]", "[3 * rate for rate in rates[first : first + number]]"),
    ),
    mutant(
        "learning-rate-by-3",
        "The learning rate is a third.",
        Edit(BLOCK, "rates[first : first + number]", "[rate / 3 for rate in rates[first : first + number]]"),
    ),
    mutant(
        "epsilon",
        "The epsilon of Adam is 0.001 and not 0.0000001.",
        Edit(
            PROGRAM + "__init__",
            "self._optimizer = keras_optimizer(recipe)",
            "self._optimizer = keras_optimizer(recipe); self._optimizer.epsilon = 1e-3",
        ),
    ),
    mutant(
        "no-bias-correction",
        "Adam does not correct the bias of its first steps: it counts them from a million.",
        Edit(
            PROGRAM + "__init__",
            "[v.numpy() for v in self._optimizer.variables]",
            '[v.numpy() + 10**6 * (v.name == "iteration") for v in self._optimizer.variables]',
        ),
    ),
)
