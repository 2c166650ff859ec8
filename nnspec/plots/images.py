"""The figures of images with their true and predicted labels."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnspec.basics.errors import InvalidValue, whole_number
from nnspec.plots import style

Classes = NDArray[np.int64]

RIGHT, WRONG = style.PALETTE[2], style.PALETTE[3]
"""The colours of the titles over right and wrong predictions, as matplotlib names them."""


def images(
    images: ArrayLike,
    labels: ArrayLike,
    class_names: Sequence[str] | None = None,
    predictions: ArrayLike | None = None,
    probabilities: ArrayLike | None = None,
    columns: int = 5,
    heading: str = "",
) -> style.Figure:
    """Return images (n, height, width) in a grid, each under its label, with predictions checked.

    `labels` and `predictions` are class numbers (n,), `probabilities` (n,) those of the predicted
    classes. Without predictions a title is the true label; with them it is the predicted one, after ✓
    in green where it is right, after ✗ in red and over the true one where it is wrong.

    Raises
    ------
    InvalidValue
        If there is no image, if shapes or lengths do not fit, if a class has no name, or if there are
        probabilities without predictions.
    """
    pixels = _pixels(images)
    true = _classes("labels", labels, len(pixels), class_names)
    found = None if predictions is None else _classes("predictions", predictions, len(pixels), class_names)
    shares = None if probabilities is None else _probabilities(probabilities, len(pixels))
    if shares is not None and found is None:
        raise InvalidValue("predictions", None, "the predicted classes that the probabilities belong to")
    title_height, extra = (0.3 if found is None else 0.5), (0.4 if heading else 0.1)
    height = 1.6 * pixels.shape[1] / pixels.shape[2] + title_height
    figure, axes = style.panels(len(pixels), whole_number("columns", columns), 1.7, height, extra)
    for index, (ax, image) in enumerate(zip(axes, pixels, strict=True)):
        # One scale for all, so that a pale image stays pale.
        ax.imshow(image, cmap="gray_r", vmin=pixels.min(), vmax=pixels.max())
        ax.axis("off")
        label = _name(true[index], class_names)
        if found is None:
            style.set_title(ax, label)
            continue
        right = bool(found[index] == true[index])
        share = "" if shares is None else f" {100 * shares[index]:.0f} %"
        title = f"{'✓' if right else '✗'} {_name(found[index], class_names)}{share}"
        style.set_title(ax, title if right else f"{title}\ntrue: {label}")
        ax.title.set_color(RIGHT if right else WRONG)
    if heading:
        style.set_heading(figure, heading)
    return figure


_images = images  # which is an argument of the next function


def wrong_predictions(
    images: ArrayLike,
    labels: ArrayLike,
    predictions: ArrayLike,
    class_names: Sequence[str] | None = None,
    count: int = 16,
) -> style.Figure:
    """Return the first `count` images that are classified wrongly, with predicted and true label.

    `images` are (n, height, width), `labels` and `predictions` class numbers (n,).

    Raises
    ------
    InvalidValue
        If all predictions are right, or as `images` does.
    """
    pixels = _pixels(images)
    true = _classes("labels", labels, len(pixels), class_names)
    found = _classes("predictions", predictions, len(pixels), class_names)
    wrong = np.flatnonzero(true != found)
    if len(wrong) == 0:
        raise InvalidValue("predictions", f"{len(true)} right ones", "at least one wrong prediction")
    shown = wrong[: whole_number("count", count)]
    heading = f"{len(shown)} of {len(wrong):,} wrong predictions among {len(true):,} examples"
    columns = math.ceil(math.sqrt(len(shown)))
    chosen = (pixels[shown], true[shown], class_names, found[shown])
    return _images(*chosen, columns=columns, heading=heading)


def _name(number: np.int64, class_names: Sequence[str] | None) -> str:
    return str(number) if class_names is None else class_names[int(number)]


def _pixels(images: ArrayLike) -> NDArray[np.generic]:
    pixels = np.asarray(images)
    if pixels.ndim != 3 or pixels.size == 0:
        expected = "one grey value per pixel of at least one image, (n, height, width)"
        raise InvalidValue("images.shape", pixels.shape, expected, "one image alone is image[None]")
    return pixels


def _classes(name: str, values: ArrayLike, count: int, class_names: Sequence[str] | None) -> Classes:
    classes = np.asarray(values)
    if classes.shape != (count,):
        remedy = "nnspec.textbook.labels() turns probabilities and one-hot targets into class numbers"
        expected = f"({count},), a class number for each image"
        raise InvalidValue(f"{name}.shape", classes.shape, expected, remedy)
    if not np.issubdtype(classes.dtype, np.integer):
        raise InvalidValue(f"{name}.dtype", str(classes.dtype), "class numbers, which are integers")
    highest = classes.max() if class_names is None else len(class_names) - 1
    outside = classes[(classes < 0) | (classes > highest)]
    if len(outside):
        raise InvalidValue(name, int(outside[0]), f"class numbers from 0 to {max(highest, 0)}")
    return classes.astype(np.int64)


def _probabilities(values: ArrayLike, count: int) -> NDArray[np.float64]:
    shares = np.asarray(values, np.float64)
    if shares.shape != (count,):
        expected = f"({count},), that of the predicted class for each image"
        raise InvalidValue("probabilities.shape", shares.shape, expected, "probabilities.max(axis=1)")
    outside = shares[~((shares >= 0) & (shares <= 1))]
    if len(outside):
        raise InvalidValue("probabilities", float(outside[0]), "probabilities between 0 and 1")
    return shares
