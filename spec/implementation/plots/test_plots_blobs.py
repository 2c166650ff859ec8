"""Blobs with their centres and spreads; content, never pixels."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnspec import plots
from nnspec.plots.style import colour
from spec.implementation.plots.plane_samples import (
    Corners,
    legend,
    points,
)

CENTERS = [[-5.0, 2.0], [1.0, -2.0], [5.0, 2.0]]


def test_the_blobs_have_points_centres_and_circles_of_one_and_two_deviations() -> None:
    x, y = Corners().examples()
    figure = plots.blobs(x, y, CENTERS, [0.5, 1.0, 2.0])
    (ax,) = figure.axes
    for number in range(3):
        np.testing.assert_allclose(points(ax, f"class {number}"), x[y == number])
    np.testing.assert_allclose(points(ax, "centre"), CENTERS)
    circles: list[Any] = list(ax.patches)
    assert [circle.get_radius() for circle in circles] == [0.5, 1.0, 1.0, 2.0, 2.0, 4.0]
    np.testing.assert_allclose([circle.get_center() for circle in circles], np.repeat(CENTERS, 2, axis=0))
    assert {circle.get_linestyle() for circle in circles[::2]} != {c.get_linestyle() for c in circles[1::2]}
    assert ax.get_aspect() == 1.0
    assert sorted(legend(figure)) == sorted(
        ["class 0", "class 1", "class 2", "centre", "1 standard deviation", "2 standard deviations"]
    )
    assert figure.get_suptitle() == "30 examples around 3 centres"


def test_the_blobs_classes_have_the_colours_of_all_figures() -> None:
    from matplotlib.colors import to_hex

    (ax,) = plots.blobs(*Corners().examples(), CENTERS, 1.0).axes
    faces = [
        np.asarray(c.get_facecolor())[0] for c in ax.collections if str(c.get_label()).startswith("class")
    ]
    assert [to_hex(face) for face in faces] == [colour(number).lower() for number in range(3)]
