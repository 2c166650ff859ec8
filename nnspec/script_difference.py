"""What changes between the Keras scripts of two recipes, as a unified difference."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from nnspec.experiment import Experiment
from nnspec.keras_script import keras_script
from nnspec.recipe import Recipe


def script_difference(before: Mapping[str, Experiment], after: Mapping[str, Experiment]) -> str:
    """Return the difference of the scripts of every arm, as `diff -u` and `git diff` print it.

    Empty where nothing changes, or nothing that is a `Recipe`.
    """
    lines: list[str] = []
    for name, old in before.items():
        new = after[name]
        if isinstance(old, Recipe) and isinstance(new, Recipe):
            texts = keras_script(old).splitlines(), keras_script(new).splitlines()
            lines += difflib.unified_diff(*texts, f"{name}.py as documented", f"{name}.py", lineterm="", n=1)
    return "".join(line + "\n" for line in lines)
