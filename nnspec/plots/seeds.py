"""Which seed of which arms a figure draws, and how it shows all of them: median and central 95 %."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnspec.basics.errors import InvalidValue, whole_number
from nnspec.runs.runs import Runs


@dataclass(frozen=True)
class Band:
    """Median and central 95 % over the seeds, each (epochs,) float64; NaN where no seed is finite."""

    low: NDArray[np.float64]
    median: NDArray[np.float64]
    high: NDArray[np.float64]


def band(values: ArrayLike) -> Band:
    """Return the band of values (seeds, epochs); what is not finite is left out."""
    array = np.asarray(values, np.float64)
    finite = np.isfinite(array)
    quantiles = np.full((3, array.shape[1]), np.nan)
    known = finite.any(axis=0)
    kept = np.where(finite, array, np.nan)[:, known]
    quantiles[:, known] = np.nanquantile(kept, (0.025, 0.5, 0.975), axis=0)
    return Band(*quantiles)


def chosen_position(runs: Runs, seed: int | None, metric: str) -> int:
    """Return the position of `seed`, or with None that of the seed with the median `metric`.

    Seeds that diverged are left out; of an even number the lower of the two in the middle is taken.

    Raises
    ------
    InvalidValue
        If there is no such seed, if it diverged, or if all of them diverged.
    """
    if seed is not None:
        positions = np.flatnonzero(runs.seeds == whole_number("seed", seed, 0))
        if len(positions) == 0:
            known = ", ".join(map(str, runs.seeds[:5])) + (", …" if len(runs) > 5 else "")
            raise InvalidValue("seed", seed, f"one of the {len(runs)} seeds {known}")
        if runs.diverged[positions[0]]:
            raise InvalidValue("seed", seed, "a seed that did not diverge", "None draws the median seed")
        return int(positions[0])
    finite = np.flatnonzero(~runs.diverged)
    if len(finite) == 0:
        raise InvalidValue("runs", f"{len(runs)} diverged seeds", "at least one seed that did not diverge")
    order = finite[np.argsort(np.asarray(runs.metric(metric))[finite], kind="stable")]
    return int(order[(len(order) - 1) // 2])


def seed_label(runs: Runs, position: int, seed: int | None, metric: str) -> str:
    """Return "seed 17", with the reason where the figure chose it: "(median accuracy of 256 seeds)"."""
    label = f"seed {runs.seeds[position]}"
    return label if seed is not None else f"{label} (median {metric} of {len(runs)} seeds)"


def usual_metric(runs: Runs) -> str:
    """Return the metric whose median seed a figure draws: accuracy, or the loss without accuracy."""
    return "accuracy" if "accuracy" in runs.metrics else "loss"


def one_seed(runs: Runs, seed: int | None) -> tuple[Runs, str]:
    """Return the runs of one seed alone, the usual metric's median seed for None, and its label.

    Raises
    ------
    InvalidValue
        As `chosen_position` does.
    """
    metric = usual_metric(runs)
    position = chosen_position(runs, seed, metric)
    return runs.select([position]), seed_label(runs, position, seed, metric)


def count(runs: Runs) -> str:
    """Return "256 seeds", and how many of them diverged if any did."""
    diverged = int(runs.diverged.sum())
    return f"{len(runs)} seeds" + (f", {diverged} diverged" if diverged else "")


def heading(runs: Runs) -> str:
    """Return the recipe in words, after the name of the arm where it has one."""
    return f"{runs.name} – {runs.recipe}" if runs.name else str(runs.recipe)


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
