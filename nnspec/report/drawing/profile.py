"""The profile: the share of the runs beyond every threshold, with its band (a performance profile).

The band holds for all thresholds at once, with 95 %: the share differs nowhere by more than the width of
Dvoretzky, Kiefer and Wolfowitz (constant by Massart, "The tight constant in the DKW inequality", 1990). So a
reader may look at any other threshold afterwards. The verdict itself has its own interval, at its threshold.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from nnspec.report.drawing.axis import Axis
from nnspec.report.drawing.svg import across, add, beside, drawing, markup, upright
from nnspec.report.words.wording import percent
from nnspec.results.claim_result import Interval, Value
from nnspec.results.quantities import finite

_HEIGHT, _TOP, _ACROSS = 110.0, 14.0, 2000
_LEFT = 12.0  # percent of the width, which the numbers of the axis take on a telephone
_COLUMNS = 60  # of the curve; more cannot be seen
_CONFIDENCE = 0.95


@dataclass(frozen=True)
class Asked:
    """What is asked of every run, `operator` and `limit`, of which share, and the share with its interval."""

    operator: str
    limit: float
    claimed: float | None
    share: float
    interval: Interval | None


def band(runs: int) -> float:
    """Return half the height of the band, 0 … 1, of so many runs."""
    return math.sqrt(math.log(2 / (1 - _CONFIDENCE)) / (2 * runs))


def profile(
    claim: Sequence[Value],
    other: Sequence[Value],
    asked: Asked,
    axis: Axis,
    printed: float | None = None,
) -> str:
    """Return inline SVG of the share of values (runs,) beyond every threshold; empty where none is finite.

    `other` are the values of what the claim is compared with, drawn behind. `axis` is that of the strip that
    stands below, and `printed` a figure of the document, marked where it lies on the curve.
    """
    if not finite(claim):
        return ""
    # the strip below describes the same runs, and the verdict the share at the threshold
    root = drawing("profile", _TOP + _HEIGHT + 6)
    taken = axis.position(asked.limit) < _LEFT
    # lines at 0, 50 and 100 % with their numbers, which are the same in every profile of a page
    add(root, "use", href=f"#profile-{'right' if taken else 'left'}")
    box = {"viewBox": f"0 0 {_ACROSS} {_HEIGHT:g}", "preserveAspectRatio": "none"}
    curves = add(root, "svg", "curves", y=_TOP, height=_HEIGHT, **box)
    found = _shares(claim, asked, axis)
    width = band(len(claim))
    upper = [(x, min(1.0, share + width)) for x, share in found]
    lower = [(x, max(0.0, share - width)) for x, share in found]
    add(curves, "path", "band", d=f"{_stairs(upper)}L{_stairs(lower, back=True)}z")
    if finite(other):
        add(curves, "path", "counterfactual", d=_stairs(_shares(other, asked, axis)))
    add(curves, "path", "claim", d=_stairs(found))
    _draw_verdict(root, asked, axis)
    if printed is not None and axis.shows(printed):
        _draw_printed(root, claim, asked.operator, printed, axis)
    return markup(root)


def _draw_verdict(root: Element, asked: Asked, axis: Axis) -> None:
    """Draw the share at the threshold with the verdict's interval, and the share that is claimed."""
    x = axis.position(asked.limit)
    upright(root, "threshold", x, _TOP, _TOP + _HEIGHT + 6)
    if asked.interval:
        upright(root, "whisker", x, _y(asked.interval[1]), _y(asked.interval[0]))
    add(root, "circle", "found", cx=across(x), cy=_y(asked.share), r=4.5)
    y = _y(asked.share) + (-6 if asked.share < 0.15 else 14)
    beside(root, "flag", percent(asked.share), x, y, gap=9)
    if asked.claimed is not None:
        y = _y(asked.claimed)
        place = add(root, "svg", "marks", x=across(x), y=y)
        add(place, "path", "asked", d="M-5 -5L5 5M-5 5L5 -5")
        if abs(asked.claimed - asked.share) > 0.12:
            beside(root, "flag", "claimed", x, y + 4, gap=9)


def _draw_printed(root: Element, claim: Sequence[Value], operator: str, printed: float, axis: Axis) -> None:
    x, share = axis.position(printed), _beyond(claim, operator)(printed)
    place = add(root, "svg", "marks", x=across(x), y=_y(share))
    add(place, "path", "printed", d="M0 -5L5 4H-5z")


def _beyond(values: Sequence[Value], operator: str) -> Callable[[float], float]:
    """Return what tells which share of all values lies beyond a limit; what is not finite does not."""
    ordered = sorted(finite(values))
    below = bisect_left if operator in "≥<" else bisect_right

    def share(limit: float) -> float:
        found = below(ordered, limit)
        return (found if operator in "<≤" else len(ordered) - found) / len(values)

    return share


def _shares(values: Sequence[Value], asked: Asked, axis: Axis) -> list[tuple[float, float]]:
    """Return places on the axis, in percent, with the share beyond each; what is asked is one of them."""
    steps = {axis.value(x): x for x in (100 * step / _COLUMNS for step in range(_COLUMNS + 1))}
    steps[asked.limit] = axis.position(asked.limit)
    share = _beyond(values, asked.operator)
    return [(x, share(limit)) for limit, x in sorted(steps.items())]


def _stairs(points: Sequence[tuple[float, float]], *, back: bool = False) -> str:
    """Return the path through places and shares, one step after the other, without what does not change."""
    ordered = list(reversed(points)) if back else list(points)
    kept = [
        point
        for at, point in enumerate(ordered)
        if at in (0, len(ordered) - 1) or not ordered[at - 1][1] == point[1] == ordered[at + 1][1]
    ]
    places = [
        f"{round(x * _ACROSS / 100)} {(1 - share) * _HEIGHT:.1f}".removesuffix(".0") for x, share in kept
    ]
    return ("" if back else "M") + "L".join(places)


def _y(share: float) -> float:
    return _TOP + (1 - share) * _HEIGHT
