"""Twelve ways in which a notebook may come to do something else, each in all notebooks.

They were chosen before any was run, from what goes wrong in teaching notebooks; some change next to nothing,
as data that need no scaling are hardly others without it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spec.mutation.notebooks.sets import NOTEBOOKS
from spec.mutation.notebooks.sources import Cells

_LOSSES = {
    '"binary_crossentropy"': '"mean_squared_error"',
    '"mean_squared_error"': '"mean_absolute_error"',
    '"mean_absolute_error"': '"mean_squared_error"',
    '"sparse_categorical_crossentropy"': "keras.losses.SparseCategoricalCrossentropy(from_logits=True)",
    '"categorical_crossentropy"': '"mean_squared_error"',
}
_OPTIMIZERS = {"Adam": "SGD", "SGD": "Adam", "RMSprop": "SGD", "Nadam": "SGD"}
_HIDDEN = r'(?:    |z = )keras\.layers\.Dense\(\d+, activation="(?:relu|tanh)"\)(?:,|\(z\))\n'
_WHOLE = "np.concatenate([x_train, x_test]), np.concatenate([y_train, y_test]), "
_SHUFFLED = "\ny_train = np.random.default_rng(0).permutation(y_train)"


@dataclass(frozen=True)
class NotebookMutant:
    """A change of a notebook: in its cells, `pattern` becomes `new` where it first stands."""

    name: str
    statement: str
    pattern: str
    new: str

    def mutated(self, cells: Cells) -> Cells:
        """Return the cells with the change.

        Raises
        ------
        ValueError
            If no cell has the place, or it changes nothing.
        """
        changed = [re.sub(self.pattern, self.new, cell, count=1) for cell in cells]
        if sum(one != other for one, other in zip(cells, changed, strict=True)) != 1:
            raise ValueError(f"{self.name} changes another number of cells than one")
        return changed


def mutants_of(cells: Cells) -> list[NotebookMutant]:
    """Return the mutants of a notebook, the control not among them."""
    code = "\n".join(cells)
    loss = next(one for one in _LOSSES if f"loss={one}" in code)
    optimizer = next(one for one in _OPTIMIZERS if f"optimizers.{one}(" in code)
    dropout = r"    keras\.layers\.Dropout\(.*\),\n"
    has_dropout = re.search(dropout, code) is not None
    if "keras.Model(" in code:
        output, added = "(outputs = )", "z = keras.layers.Dropout(0.3)(z)\n"
    else:
        output = r"(    keras\.layers\.Dense\(\d+(?:, activation=\"(?:sigmoid|softmax)\")?\),\n\]\))"
        added = "    keras.layers.Dropout(0.3),\n"
    activation = re.search(r'activation="(relu|tanh)"', code)
    if activation is None:
        raise ValueError("a notebook without hidden layers")
    return [
        NotebookMutant(
            "rate × 3", "the learning rate is three times as high", r"(learning_rate) = (.*)", r"\1 = 3 * \2"
        ),
        NotebookMutant("rate / 3", "the learning rate is a third", r"(learning_rate) = (.*)", r"\1 = \2 / 3"),
        NotebookMutant(
            "half the epochs", "half of the epochs are trained", r"epochs = (\d+)", r"epochs = \1 // 2"
        ),
        NotebookMutant(
            "labels shuffled",
            "the labels of training are shuffled",
            r"(x_train, x_test, .*)",
            rf"\1{_SHUFFLED}",
        ),
        NotebookMutant(
            "test in training",
            "the test data are trained on, too",
            r"fit\(x_train, y_train, ",
            f"fit({_WHOLE}",
        ),
        NotebookMutant(
            "another loss", "the loss is another one", re.escape(f"loss={loss}"), f"loss={_LOSSES[loss]}"
        ),
        NotebookMutant("a layer fewer", "a hidden layer is missing", _HIDDEN, ""),
        NotebookMutant(
            "no non-linearity",
            "the first hidden layer is linear",
            rf'activation="{activation[1]}"',
            'activation="linear"',
        ),
        NotebookMutant("batches × 4", "batches are four times as large", r"batch_size=32", "batch_size=128"),
        NotebookMutant("no dropout", "the dropout is left out", dropout, "")
        if has_dropout
        else NotebookMutant("dropout", "a dropout layer is added", output, rf"{added}\1"),
        NotebookMutant(
            "not scaled",
            "the inputs are not scaled",
            r"(?s)\A(?:scaler = .*|x_train, x_test = x_train / .*)\Z",
            "pass",
        ),
        NotebookMutant(
            "another optimizer",
            "the optimizer is another one",
            rf"optimizers\.{optimizer}\(",
            f"optimizers.{_OPTIMIZERS[optimizer]}(",
        ),
    ]


MUTANTS: Mapping[str, Sequence[NotebookMutant]] = {
    name: mutants_of(cells) for name, cells in NOTEBOOKS.items()
}
