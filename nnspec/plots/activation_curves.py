"""The figure of the activation functions."""

from __future__ import annotations

import numpy as np

from nnspec.plots import style
from nnspec.textbook import activations


def activation_curves() -> style.Figure:
    """Return linear, ReLU and sigmoid over x = -10, -9 … 9, one axes each."""
    figure, axes = style.empty_figure(columns=3)
    x = np.arange(-10, 10)
    for index, (ax, name) in enumerate(zip(axes, ("linear", "relu", "sigmoid"), strict=True)):
        ax.axhline(0, color=style.GREY, linewidth=0.6)
        ax.axvline(0, color=style.GREY, linewidth=0.6)
        y = activations.BY_NAME[name](x)
        ax.plot(x, y, color=style.colour(index), marker=style.marker(index), markersize=4, label=name)
        ax.set(title=name, xlabel="x", ylabel=f"{name}(x)")
    style.set_heading(figure, "Activation functions")
    return figure
