"""The table of what public notebooks fit, kind by kind, and what trains it."""

from nnspec.report.words.markdown import row, text_line
from spec.implementation.training.models.kinds_of_fit_calls import CALLS

_TRAINED = {
    "stacked": "all runs at once, on TensorFlow",
    "vectorised": "all runs at once, on JAX",
    "keras": "one run after another, by `model.fit`",
}


def tables():
    """Return the lines of the table by the name of its place."""
    cells = [(one.name, str(one.sites), _TRAINED.get(one.engine) or f"not: {one.shown}") for one in CALLS]
    taken = sum(one.sites for one in CALLS if one.engine)
    every = sum(one.sites for one in CALLS)
    total = ("together", f"{taken} of {every}", f"{taken / every:.0%}")
    lines = [row(["what is fitted", "calls", "trained"]), row(["---"] * 3)]
    return {"fit calls": lines + [row([text_line(name), *rest]) for name, *rest in [*cells, total]]}
