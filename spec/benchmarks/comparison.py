"""One benchmark of two: all seeds at once against a peer on the same work, and what is kept of it."""

from __future__ import annotations

from importlib import metadata
from statistics import median
from typing import Any

from spec.benchmarks import sizes
from spec.benchmarks.interleaved import Contender, Round, interleaved

UNITS = {
    "seconds per seed": lambda found: found.seconds_per_seed,
    "seconds per seed and epoch": lambda found: found.seconds_per_epoch,
}


def compare(
    benchmark: Any,
    ours: Contender,
    theirs: Contender,
    *,
    group: str,
    peer: str,
    unit: str = "seconds per seed",
    rounds: int = sizes.SIZE.rounds,
) -> list[float]:
    """Measure both in turn, keep everything in `benchmark.extra_info`, and return the ratios of the rounds.

    `ours` and `theirs` there are in `unit`, compilation not included; a ratio above 1 says how many times
    less a seed costs when all are trained at once. Our time holds the evaluation at the end. Where theirs is
    known too, `ratios_with_evaluation` are with it on both sides, and where a further epoch of ours was
    measured, `ratios_of_a_further_epoch` are without it on either.
    """
    benchmark.group = group
    interleaved(benchmark, ours, theirs, rounds=rounds)
    rows = {"ours": ours, "theirs": theirs}
    seconds = {side: [UNITS[unit](found) for found in contender.rounds] for side, contender in rows.items()}
    ratios = quotients(seconds["theirs"], seconds["ours"])
    benchmark.extra_info.update(
        peer=peer,
        group=group,
        unit=unit,
        size=sizes.NAME,
        **seconds,
        ratios=ratios,
        ratio=median(ratios),
        seeds=ours.rounds[0].seeds,
        their_seeds=theirs.rounds[0].seeds,
        epochs=ours.rounds[0].epochs,
        their_epochs=theirs.rounds[0].epochs,
        compile_seconds=ours.compile_seconds,
        their_compile_seconds=theirs.compile_seconds,
        accuracy={side: median_accuracy(contender.rounds) for side, contender in rows.items()},
        aside={side: aside(contender.rounds) for side, contender in rows.items()},
        peak_memory_mib={side: contender.peak_memory() for side, contender in rows.items()},
        memory_at_start_mib={side: contender.memory_at_start for side, contender in rows.items()},
        versions=versions(ours, theirs),
        **with_the_same_evaluation(ours.rounds, theirs.rounds),
    )
    return ratios


def with_the_same_evaluation(ours: list[Round], theirs: list[Round]) -> dict[str, list[float]]:
    """Return the ratios of the rounds, per seed and epoch, with evaluation on both sides and on neither."""
    found: dict[str, list[float]] = {}
    if "evaluation_seconds" not in theirs[0].aside:
        return found
    evaluated = [
        one.seconds_per_epoch + one.aside["evaluation_seconds"] / our.epochs
        for one, our in zip(theirs, ours, strict=True)
    ]
    found["ratios_with_evaluation"] = quotients(evaluated, [one.seconds_per_epoch for one in ours])
    if "further_epoch_seconds" in ours[0].aside:
        further = [one.aside["further_epoch_seconds"] / one.seeds for one in ours]
        found["ratios_of_a_further_epoch"] = quotients([one.seconds_per_epoch for one in theirs], further)
    return found


def quotients(theirs: list[float], ours: list[float]) -> list[float]:
    """Return how many times less ours is, round by round."""
    return [their / our for their, our in zip(theirs, ours, strict=True)]


def versions(*contenders: Contender) -> dict[str, str]:
    """Return the versions of all libraries that the contenders use."""
    names = {"numpy"}.union(*(contender.libraries for contender in contenders))
    return {name: metadata.version(name) for name in sorted(names)}


def median_accuracy(rounds: list[Round]) -> float | None:
    """Return the median over the seeds of all rounds, None where they are not known."""
    found = [value for one in rounds for value in one.accuracies]
    return median(found) if found else None


def aside(rounds: list[Round]) -> dict[str, list[float]]:
    """Return what was measured aside, the rounds of every name."""
    return {name: [one.aside[name] for one in rounds] for name in rounds[0].aside}
