"""The figure of a model: its layers as boxes, with shapes and numbers of parameters."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from nnspec.basics.errors import InvalidValue, whole_number
from nnspec.plots import style
from nnspec.recipes.layers import BatchNormalization, Dense, Dropout, Flatten, Layer

Shape = tuple[int, ...]


def model_graph(layers: Sequence[Layer], input_shape: Sequence[int]) -> style.Figure:
    """Return the layers as boxes from the input down, with their shapes and numbers of parameters.

    `input_shape` is that of one example, (784,) or (28, 28); the figure shows it as Keras does, with
    None for the number of examples.

    Raises
    ------
    InvalidValue
        If there is no layer, if the shape has no positive sizes, or if a layer is of an unknown kind.

    Source: Keras's `plot_model`, which draws the like with Graphviz.
    """
    boxes = _boxes(layers, input_shape)
    figure, (ax,) = style.empty_figure(width=6.0, height=0.6 + 1.0 * len(boxes))
    ax.axis("off")
    # One unit is a box and the arrow below it; the first box is at the top.
    ax.set(xlim=(0, 1), ylim=(len(boxes) - 0.68, -0.32))
    for row, box in enumerate(boxes):
        _draw(ax, row, box)
        if row + 1 < len(boxes):
            arrow = {"arrowstyle": "-|>", "color": "black", "shrinkA": 0, "shrinkB": 0}
            ax.annotate("", xy=(0.5, row + 1 - HALF), xytext=(0.5, row + HALF), arrowprops=arrow)
    total = sum(box.parameters for box in boxes)
    words = "1 layer" if len(layers) == 1 else f"{len(layers)} layers"
    style.set_heading(figure, f"{words}, {total:,} parameters")
    return figure


HALF = 0.3  # of a box's height


class _Box(NamedTuple):
    name: str
    detail: str
    inputs: Shape
    outputs: Shape
    parameters: int


def _boxes(layers: Sequence[Layer], input_shape: Sequence[int]) -> list[_Box]:
    if len(layers) == 0:
        raise InvalidValue("layers", layers, "at least one layer")
    shape = tuple(whole_number("input_shape", size) for size in input_shape)
    if not shape:
        raise InvalidValue("input_shape", input_shape, "the shape of one example, such as (784,)")
    boxes = [_Box("Input", "", shape, shape, 0)]
    for layer in layers:
        outputs, detail, parameters = _effect(layer, shape)
        boxes.append(_Box(type(layer).__name__, detail, shape, outputs, parameters))
        shape = outputs
    return boxes


def _effect(layer: Layer, shape: Shape) -> tuple[Shape, str, int]:
    """Return the output shape, the layer's settings in words, and how many parameters it has."""
    if isinstance(layer, Dense):
        units = f"{layer.units} unit{'' if layer.units == 1 else 's'}, {layer.activation}"
        return (*shape[:-1], layer.units), units, (shape[-1] + 1) * layer.units
    if isinstance(layer, Flatten):
        return (math.prod(shape),), "", 0
    if isinstance(layer, Dropout):
        return shape, f"rate {layer.rate:g}", 0
    if isinstance(layer, BatchNormalization):
        return shape, "", 4 * shape[-1]  # scale, shift, and the moving mean and variance
    raise InvalidValue("layers", type(layer).__name__, "Dense, Dropout, Flatten or BatchNormalization")


def _draw(ax: style.Axes, row: int, box: _Box) -> None:
    from matplotlib.patches import FancyBboxPatch  # takes half a second to import

    colour = "#CFE3F1" if box.parameters else "#EEEEEE"  # blue for what is learned, grey for what is fixed
    look: dict[str, Any] = {"boxstyle": "round,pad=0,rounding_size=0.02", "edgecolor": "black"}
    ax.add_patch(FancyBboxPatch((0.08, row - HALF), 0.84, 2 * HALF, facecolor=colour, **look))
    title = f"{box.name}  ({box.detail})" if box.detail else box.name
    ax.text(0.5, row - 0.13, title, ha="center", va="center", fontsize=11, fontweight="bold")
    shapes = _shown(box.outputs) if row == 0 else f"{_shown(box.inputs)} → {_shown(box.outputs)}"
    words = f"{box.parameters:,} parameters" if box.parameters else "no parameters"
    text = shapes if row == 0 else f"{shapes},  {words}"
    ax.text(0.5, row + 0.13, text, ha="center", va="center", fontsize=10)


def _shown(shape: Shape) -> str:
    return f"({', '.join(['None', *map(str, shape)])})"
