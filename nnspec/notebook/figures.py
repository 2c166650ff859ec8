"""A printed figure, and the log of a fit or an evaluate in which it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nnspec.notebook.metric_names import keras_name

Kind = Literal["fit", "evaluate", "returned", "sentence"]


@dataclass(frozen=True)
class Figure:
    """A figure that the author printed.

    `cell`, `output` and `line` say where it stands, lines from 1 within all that the cell showed. `order` is
    the number, from 0, of its fit or evaluate among those that are printed in the cell; None for others.
    `metric` is the name as printed, `name` Keras's; `printed` the digits as printed, `percent` whether a
    percent sign follows. A `running_mean` is a mean over the steps of an epoch, while weights change.
    `outdone` is true of a bar beside which the returned values stand, which count instead. `data` is what a
    sentence says of the examples: training, validation or test.
    """

    cell: int
    output: int
    line: int
    kind: Kind
    form: str
    metric: str
    name: str
    printed: str
    decimals: int
    percent: bool = False
    running_mean: bool = False
    epoch: int | None = None
    epochs: int | None = None
    order: int | None = None
    outdone: bool = False
    data: str = ""

    @property
    def value(self) -> float:
        """The figure as a number, a percentage as a share."""
        return float(self.printed) / (100 if self.percent else 1)


@dataclass(frozen=True)
class Log:
    """What one `fit` or `evaluate` printed in a cell.

    `order` counts the logs of its kind in the cell from 0. `epochs` is the N of `Epoch k/N`, `last_epoch` the
    last k with figures. `steps` is what the bars count up to, `examples` the number of `Train on … samples`.
    `interrupted` is true where the last line did not come to its end.
    """

    cell: int
    kind: Literal["fit", "evaluate"]
    order: int
    form: str
    first_epoch: int | None
    last_epoch: int | None
    epochs: int | None
    steps: int | None
    examples: int | None
    interrupted: bool


@dataclass(frozen=True)
class Where:
    """Where figures stand."""

    cell: int
    output: int
    line: int


def figure(where: Where, kind: Kind, form: str, metric: str, printed: str, **more: object) -> Figure:
    """Return a figure whose Keras name and decimals follow from what is printed."""
    name = str(more.pop("name", "")) or keras_name(metric)
    digits = printed.lower().partition("e")[0].partition(".")[2]
    return Figure(
        where.cell,
        where.output,
        where.line,
        kind,
        form,
        metric,
        name,
        printed,
        len(digits),
        **more,  # type: ignore[arg-type]  # fields of a figure
    )
