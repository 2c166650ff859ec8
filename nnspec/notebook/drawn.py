"""Data that a notebook draws without a seed: each run of it trains on others."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from nnspec.notebook.calls import Call, Code
from nnspec.notebook.findings.lineage import lineage
from nnspec.notebook.source import text_of
from nnspec.notebook.static import Static

_SPLITS = {"train_test_split", "ShuffleSplit", "StratifiedShuffleSplit", "GroupShuffleSplit"}
_FOLDS = {"KFold", "StratifiedKFold", "GroupKFold", "StratifiedGroupKFold"}  # which shuffle when asked to
_MADE = {
    *("make_blobs", "make_circles", "make_classification", "make_friedman1", "make_moons", "make_regression"),
    *("make_gaussian_quantiles", "make_hastie_10_2", "make_s_curve", "make_swiss_roll"),
}
_DRAWS = {
    "NumPy": {"normal", "permutation", "rand", "randint", "randn", "random", "shuffle", "choice", "uniform"}
    | {"standard_normal", "random_sample", "random_integers", "binomial", "poisson", "multivariate_normal"},
    "TensorFlow": {"normal", "uniform", "shuffle", "truncated_normal", "randint", "categorical"},
    "Python": {"choice", "choices", "gauss", "randint", "random", "sample", "shuffle", "uniform"},
}
_OWNERS = {
    **dict.fromkeys(("np.random", "numpy.random"), "NumPy"),
    **dict.fromkeys(("tf.random", "tensorflow.random", "keras.random", "tf.keras.random"), "TensorFlow"),
    "random": "Python",
}


def drawn_without_a_seed(code: Code, calls: tuple[Call, ...]) -> tuple[tuple[int, str], ...]:
    """Return calls, up to the last fit, that draw or split data by random numbers which no seed set.

    Each with its cell, and the name that is called. A seed of NumPy, TensorFlow or Python counts for what
    draws by it below, `keras.utils.set_random_seed` for all of them.
    """
    fits = [call.cell for call in calls if call.method == "fit"]
    found: dict[tuple[int, str], None] = {}
    seeded: set[str] = set()
    for cell, tree in code.trees.items():
        for call in sorted(_calls(tree), key=lambda one: (one.lineno, one.col_offset)):
            owner, _, name = text_of(call.func).rpartition(".")
            seeded |= _seeds(call, owner, name)
            by = _draws_by(call, owner, name)
            if by and by not in seeded and cell <= max(fits, default=-1):
                found[cell, name] = None
    return tuple(found)


def drawn_for(static: Static, cells: Iterable[int | None]) -> tuple[tuple[int, str], ...]:
    """Return what is drawn without a seed of that on which cells rest; all of it for a cell not known.

    What shuffles an array in its place binds no name, and counts for all cells below it.
    """
    drawn = drawn_without_a_seed(static.code, static.calls)
    wanted = list(cells)
    if not drawn or None in wanted:
        return drawn
    behind = {one for cell in wanted if cell is not None for one in lineage(static, cell)}
    last = max((cell for cell in wanted if cell is not None), default=-1)
    return tuple(
        (cell, name) for cell, name in drawn if cell in behind or (name == "shuffle" and cell <= last)
    )


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _seeds(call: ast.Call, owner: str, name: str) -> set[str]:
    """Return for which random numbers a call sets a seed."""
    if not (call.args or call.keywords):
        return set()
    if name == "set_random_seed":
        return set(_DRAWS)
    if name == "set_seed":
        return {"TensorFlow"}
    return {_OWNERS.get(owner, "NumPy")} if name == "seed" else set()


def _draws_by(call: ast.Call, owner: str, name: str) -> str:
    """Return by which random numbers a call draws, where it is given no seed of its own; empty for others."""
    given = {one.arg: one.value for one in call.keywords}
    if None in given:
        return ""
    seed = given.get("random_state", given.get("seed"))
    if seed is not None and not (isinstance(seed, ast.Constant) and seed.value is None):
        return ""
    shuffles = given.get("shuffle", ast.Constant(name not in _FOLDS))
    if name in _SPLITS | _FOLDS | _MADE:
        return "NumPy" if isinstance(shuffles, ast.Constant) and shuffles.value is True else ""
    if name == "default_rng":
        return "" if call.args or given else "entropy"
    if name == "sample" and owner not in _OWNERS and {"frac", "n"} & set(given):
        return "NumPy"  # of a table of pandas
    by = _OWNERS.get(owner, "")
    return by if by and name in _DRAWS[by] else ""
