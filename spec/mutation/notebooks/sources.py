"""Ten small notebooks of our own, as the code of their cells: seven cells each, on scikit-learn's small data.

They print as tutorials do: four a log and the list that `evaluate` returns, four two sentences, two a log
with validation. `python -m spec.mutation.notebooks.printing` runs each once, and stores what it printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Cells = Sequence[str]

IMPORTS = """import numpy as np
from sklearn import datasets
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from tensorflow import keras"""
SPLIT = "x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.25, random_state=1)"
STANDARD = """scaler = StandardScaler().fit(x_train)
x_train, x_test = scaler.transform(x_train), scaler.transform(x_test)"""
_BINARY, _CLASSES = "binary_crossentropy", "sparse_categorical_crossentropy"

_LIST = (
    "model.fit(x_train, y_train, epochs=epochs, batch_size=32, verbose=2)",
    "model.evaluate(x_test, y_test, verbose=0)",
)
_SENTENCES = (
    "model.fit(x_train, y_train, epochs=epochs, batch_size=32, verbose=0)",
    "loss, accuracy = model.evaluate(x_test, y_test, verbose=0)\n"
    'print(f"Test loss: {loss:.4f}")\nprint(f"Test accuracy: {accuracy:.4f}")',
)
_ERRORS = (
    "model.fit(x_train, y_train, epochs=epochs, batch_size=32, verbose=0)",
    "loss, mae = model.evaluate(x_test, y_test, verbose=0)\n"
    'print(f"Test loss: {loss:.4f}")\nprint(f"Test mae: {mae:.4f}")',
)
_VALIDATED = (
    "model.fit(x_train, y_train, epochs=epochs, batch_size=32,\n"
    "          validation_data=(x_test, y_test), verbose=2)",
    "model.summary()",
)


def hidden(*units: int, activation: str = "relu", dropout: float = 0.0) -> str:
    """Return the lines of hidden layers, with dropout after the last one."""
    lines = [f'    keras.layers.Dense({number}, activation="{activation}"),\n' for number in units]
    return "".join(lines) + (f"    keras.layers.Dropout({dropout}),\n" if dropout else "")


def _cells(
    data: str,
    layers: str,
    output: str,
    optimizer: str,
    rate: float,
    loss: str,
    epochs: int,
    shown: tuple[str, str],
    metric: str = "accuracy",
    scaled: str = STANDARD,
) -> Cells:
    return (
        IMPORTS,
        f"{data}\n{SPLIT}",
        scaled,
        "model = keras.Sequential([\n    keras.Input(x_train.shape[1:]),\n"
        f"{layers}    keras.layers.Dense({output}),\n])",
        f"learning_rate = {rate}\n"
        f'model.compile(optimizer=keras.optimizers.{optimizer}(learning_rate), loss="{loss}", '
        f'metrics=["{metric}"])',
        f"epochs = {epochs}\n{shown[0]}",
        shown[1],
    )


_ONE, _THREE, _TEN = '1, activation="sigmoid"', '3, activation="softmax"', '10, activation="softmax"'
_SINE = """x = np.linspace(-3, 3, 400).reshape(-1, 1)
y = np.sin(2 * x[:, 0]) + np.random.default_rng(0).normal(0, 0.1, 400)"""
_WIDE = """x, y = datasets.make_classification(
    1000, n_features=20, n_informative=6, flip_y=0.05, random_state=0
)"""

DEVELOPMENT: Mapping[str, Cells] = {
    "circles": _cells(
        "x, y = datasets.make_circles(1000, noise=0.05, factor=0.7, random_state=0)",
        *(hidden(8, 8), _ONE, "Adam", 0.01, _BINARY, 15, _LIST),
    ),
    "moons": _cells(
        "x, y = datasets.make_moons(600, noise=0.2, random_state=0)",
        *(hidden(16, 8, activation="tanh"), _ONE, "SGD", 0.1, _BINARY, 30, _SENTENCES),
    ),
    "digits": _cells(
        "x, y = datasets.load_digits(return_X_y=True)",
        *(hidden(32, 16), _TEN, "Adam", 0.001, _CLASSES, 10, _VALIDATED),
        scaled="x_train, x_test = x_train / 16, x_test / 16",
    ),
    "iris": _cells(
        "x, y = datasets.load_iris(return_X_y=True)",
        *(hidden(16, 8), _THREE, "Adam", 0.01, _CLASSES, 30, _LIST),
    ),
    "cancer": _cells(
        "x, y = datasets.load_breast_cancer(return_X_y=True)",
        *(hidden(16, 8, dropout=0.5), _ONE, "RMSprop", 0.001, _BINARY, 20, _SENTENCES),
    ),
    "wine": _cells(
        "x, y = datasets.load_wine(return_X_y=True)",
        *(hidden(12, 12), _THREE, "SGD", 0.05, _CLASSES, 40, _LIST),
    ),
    "diabetes": _cells(
        "x, y = datasets.load_diabetes(return_X_y=True)\ny = y / 100",
        *(hidden(16, 16), "1", "Adam", 0.005, "mean_squared_error", 30, _ERRORS),
        metric="mae",
    ),
    "blobs": _cells(
        "x, y = datasets.make_blobs(600, centers=3, cluster_std=3.0, random_state=4)",
        *(hidden(16, 16), _THREE, "RMSprop", 0.005, _CLASSES, 15, _VALIDATED),
    ),
    "sine": _cells(
        _SINE,
        *(hidden(16, 16, activation="tanh"), "1", "Adam", 0.01, "mean_squared_error", 60, _ERRORS),
        metric="mae",
    ),
    "features": _cells(_WIDE, *(hidden(32, 16, dropout=0.3), _ONE, "Adam", 0.002, _BINARY, 12, _LIST)),
}
