"""What the models of a notebook are called: by the variables that are fitted, or by their fits."""

from __future__ import annotations

from nnspec.notebook.captured import Fit
from nnspec.notebook.static import Static


def names_of(static: Static, fits: tuple[Fit, Fit]) -> tuple[str, str]:
    """Return two names, those of variables where these tell the models apart, as in `model_2.fit`."""
    one, other = (_variable(static, fit) for fit in fits)
    if one and other and one != other:
        return one, other
    return f"fit_{fits[0].number}", f"fit_{fits[1].number}"


def _variable(static: Static, fit: Fit) -> str:
    if fit.functions:
        return ""  # a helper calls every model by the same name
    found = [
        call.model
        for call in static.calls
        if (call.cell, call.method) == (fit.cell, "fit") and call.line == fit.line and not call.in_loop
    ]
    return found[0] if len(found) == 1 and found[0].isidentifier() else ""
