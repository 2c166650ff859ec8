"""The table of what public notebooks fit, kind by kind, and what trains it."""

from nnspec.report.words.markdown import row, text_line
from spec.implementation.training.models.kinds_of_fit_calls import CALLS, WHERE_THEY_FIT

_TRAINED = {
    "stacked": "all runs at once, on TensorFlow",
    "vectorised": "all runs at once, on JAX",
    "keras": "one run after another, by `model.fit`",
}


def _told(kind):
    if kind.shown == WHERE_THEY_FIT:
        return kind.shown
    return _TRAINED.get(kind.engine) or f"not: {kind.shown}"


def tables():
    """Return the lines of the table by the name of its place."""
    cells = [(one.name, str(one.sites), _told(one)) for one in CALLS]
    taken = sum(one.sites for one in CALLS if one.engine)
    every = sum(one.sites for one in CALLS)
    total = ("together, at least", f"{taken} of {every}", f"{taken / every:.0%}")
    lines = [row(["what is fitted", "calls", "trained"]), row(["---"] * 3)]
    return {"fit calls": lines + [row([text_line(name), *rest]) for name, *rest in [*cells, total]]}
