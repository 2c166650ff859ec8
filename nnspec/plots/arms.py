"""The arms of a figure: runs by name, one panel each."""

from __future__ import annotations

from collections.abc import Mapping

from nnspec.basics.errors import InvalidValue
from nnspec.plots.seeds import heading, usual_metric
from nnspec.runs.runs import Runs


def by_name(arms: Runs | Mapping[str, Runs]) -> dict[str, Runs]:
    """Return the arms by name; one recipe's runs alone are an arm under their own name.

    Raises
    ------
    InvalidValue
        If there is no arm.
    """
    found = {arms.name: arms} if isinstance(arms, Runs) else dict(arms)
    if not found:
        raise InvalidValue("arms", found, "the runs of at least one arm, by name")
    return found


def arms_heading(arms: Mapping[str, Runs], seed: int | None, what: str) -> str:
    """Return what the panels show, the recipe where there is one arm, and how their seed was chosen."""
    metrics = " or ".join(dict.fromkeys(usual_metric(runs) for runs in arms.values()))
    if len(arms) > 1:
        chosen, title = f"each network's seed with the median {metrics}", []
    else:
        (runs,) = arms.values()
        chosen, title = f"median {metrics} of {len(runs)} seeds", [heading(runs)]
    return "\n".join([*title, f"{what}, {chosen if seed is None else f'seed {seed}'}"])


def panel_title(name: str, one: Runs, accuracy: float) -> str:
    """Return the arm's name, if it has one, over its seed and accuracy."""
    return "\n".join([*([name] if name else []), f"seed {one.seeds[0]}, accuracy {accuracy:.3f}"])
