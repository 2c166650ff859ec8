"""Data that a notebook draws without a seed: each run of it trains on others."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nnspec.notebook.calls import Call, Code
from nnspec.notebook.source import text_of

_SPLITS = {"train_test_split", "ShuffleSplit", "StratifiedShuffleSplit", "GroupShuffleSplit"}
_FOLDS = {"KFold", "StratifiedKFold", "GroupKFold", "StratifiedGroupKFold"}  # which shuffle when asked to
_MADE = {
    *("make_blobs", "make_circles", "make_classification", "make_friedman1", "make_moons", "make_regression"),
    *("make_gaussian_quantiles", "make_hastie_10_2", "make_s_curve", "make_swiss_roll"),
}
_DRAWS = {"normal", "permutation", "rand", "randn", "random", "shuffle", "standard_normal", "uniform"}
_SEEDS = {"seed", "set_random_seed"}


def drawn_without_a_seed(code: Code, calls: tuple[Call, ...]) -> tuple[tuple[int, str], ...]:
    """Return calls, up to the last fit, that draw or split data by NumPy's random numbers, which no seed set.

    Each with its cell, and the name that is called. A seed of all, `np.random.seed` or
    `keras.utils.set_random_seed`, counts for all below it.
    """
    fits = [call.cell for call in calls if call.method == "fit"]
    found: dict[tuple[int, str], None] = {}
    for cell, tree in code.trees.items():
        for call in sorted(_calls(tree), key=lambda one: (one.lineno, one.col_offset)):
            name = text_of(call.func).rpartition(".")
            if name[2] in _SEEDS and call.args and name[0] not in ("random", "tf.random"):
                return tuple(found)
            if cell <= max(fits, default=-1) and _draws(call, *name[::2]):
                found[cell, name[2]] = None
    return tuple(found)


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _draws(call: ast.Call, owner: str, name: str) -> bool:
    given = {one.arg: one.value for one in call.keywords}
    if None in given:
        return False
    seed = given.get("random_state")
    unseeded = seed is None or (isinstance(seed, ast.Constant) and seed.value is None)
    shuffles = given.get("shuffle", ast.Constant(name not in _FOLDS))
    if name in _SPLITS | _FOLDS | _MADE:
        return unseeded and isinstance(shuffles, ast.Constant) and shuffles.value is True
    return name in _DRAWS and owner in ("np.random", "numpy.random")
