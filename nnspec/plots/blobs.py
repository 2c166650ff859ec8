"""The figure of clusters with their centres and spreads."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnspec.basics.errors import InvalidValue
from nnspec.plots import plane, style


def blobs(x: ArrayLike, y: ArrayLike, centers: ArrayLike, cluster_std: ArrayLike) -> style.Figure:
    """Return the points of each class, its centre, and circles at one and two standard deviations.

    `x` is (examples, 2), `y` class numbers (examples,), `centers` (classes, 2) and `cluster_std` one
    standard deviation or one per class, as scikit-learn's `make_blobs` takes them.

    Raises
    ------
    InvalidValue
        If shapes do not fit each other, a class has no centre, or a standard deviation is negative or not
        finite.

    Source: "Optional Lab - Multi-class Classification".
    """
    from matplotlib.patches import Circle  # takes half a second to import

    points, classes, middles = np.asarray(x, np.float64), np.asarray(y), np.asarray(centers, np.float64)
    _check(points, classes, middles)
    stds = np.asarray(cluster_std, np.float64)
    if stds.shape not in ((), (len(middles),)) or not (np.isfinite(stds) & (stds >= 0)).all():
        expected = f"one number of 0 or more, or one for each of the {len(middles)} centers"
        raise InvalidValue("cluster_std", cluster_std, expected)
    figure, (ax,) = style.empty_figure(width=7.0, height=5.4)
    plane.draw_examples(ax, points, classes.astype(np.int64), size=24)
    for number, (middle, std) in enumerate(zip(middles, np.broadcast_to(stds, len(middles)), strict=True)):
        for factor, line in ((1, "-"), (2, "--")):
            words = "standard deviation" if factor == 1 else "standard deviations"
            label = f"{factor} {words}" if number == 0 else "_"
            look: dict[str, Any] = {"fill": False, "color": style.GREY, "linestyle": line, "linewidth": 1.2}
            ax.add_patch(Circle((middle[0], middle[1]), factor * std, label=label, **look))
    ax.scatter(middles[:, 0], middles[:, 1], s=90, c="black", marker="+", linewidths=2.0, label="centre")
    ax.autoscale_view()  # a patch alone does not widen the axes
    ax.set_aspect("equal", adjustable="datalim")
    style.set_legend(figure, columns=4)
    style.set_heading(figure, f"{len(points)} examples around {len(middles)} centres")
    return figure


def _check(points: plane.Floats, classes: NDArray[np.generic], middles: plane.Floats) -> None:
    if points.ndim != 2 or points.shape[1] != 2 or len(points) == 0:
        raise InvalidValue("x.shape", points.shape, "two inputs per example, (examples, 2)")
    if middles.ndim != 2 or middles.shape[1] != 2:
        raise InvalidValue("centers.shape", middles.shape, "two coordinates per centre, (classes, 2)")
    if classes.shape != (len(points),) or not np.issubdtype(classes.dtype, np.integer):
        received = f"{classes.dtype} {classes.shape}"
        raise InvalidValue("y", received, f"one class number for each of the {len(points)} examples")
    if classes.min() < 0 or classes.max() >= len(middles):
        outside = int(classes.min() if classes.min() < 0 else classes.max())
        raise InvalidValue("y", outside, f"classes 0 to {len(middles) - 1}, one for each centre")
