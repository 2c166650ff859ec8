"""`lr`, which optimizers of Keras 1 and 2 took for `learning_rate`: taken so here too, and told."""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import ModuleType
from typing import Any

_TAKEN = "gives an optimizer lr, which Keras no longer takes; it was run as learning_rate, today's name"
_IGNORED = "gives an optimizer decay, which Keras now ignores: the rate no longer falls as it did"


def taking(told: Callable[[str], None]) -> Callable[[ModuleType], None]:
    """Return what lets the optimizers of Keras's module take `lr`; `told` hears of it each time.

    A quarter of the notebooks of public courses say `Adam(lr=0.01)`, and what was printed was trained so.
    """

    def take(module: ModuleType) -> None:
        original = module.BaseOptimizer.__init__

        @functools.wraps(original)
        def init(optimizer: Any, *arguments: Any, **named: Any) -> None:
            if "lr" in named:
                named["learning_rate"] = named.pop("lr")
                told(_TAKEN)
            if named.get("decay"):
                told(_IGNORED)
            original(optimizer, *arguments, **named)

        module.BaseOptimizer.__init__ = init

    return take
