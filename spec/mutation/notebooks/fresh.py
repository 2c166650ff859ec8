"""Ten further notebooks, on which the rule was measured that had been settled on those of `sources`.

They were written down before any of them was run, with other data and other models, and print as executed
notebooks of public repositories do: eight a log of `fit` (six the usual bar, two verbose=2), two only
sentences; three evaluate, six validate, three show a summary.
"""

from __future__ import annotations

from collections.abc import Mapping

from spec.mutation.notebooks.sources import IMPORTS, SPLIT, STANDARD, Cells, hidden

_BARS = """generator = np.random.default_rng(0)
y = generator.integers(0, 2, 400)
x = generator.uniform(0, 120, (400, 8, 8, 1))
for image, upright, place in zip(x, y, generator.integers(0, 8, 400)):
    if upright:
        image[:, place] += 60
    else:
        image[place] += 60"""
_WAVES = """generator = np.random.default_rng(0)
y = generator.integers(0, 3, 450)
times = np.arange(24) + generator.uniform(0, 24, (450, 1))
x = 10 * np.sin(times * (0.5 + 0.2 * y[:, None])) + generator.normal(0, 5, (450, 24))
x = x[:, :, None]"""
_CHECKERBOARD = """x = np.random.default_rng(0).uniform(-1, 1, (800, 2))
y = np.floor(1.5 * x + 3).sum(axis=1).astype(int) % 2"""
_SPIRALS = """generator = np.random.default_rng(0)
y = generator.integers(0, 3, 600)
radius = generator.uniform(0.2, 1, 600)
angle = 4 * radius + 2 * np.pi * y / 3 + generator.normal(0, 0.2, 600)
x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)"""
_S_CURVE = """x, position = datasets.make_s_curve(600, noise=0.2, random_state=0)
y = keras.utils.to_categorical(np.digitize(position, np.quantile(position, [0.25, 0.5, 0.75])))"""

_FIT = "model.fit(x_train, y_train, epochs=epochs, batch_size=32"
_BAR, _LINES = f"{_FIT})", f"{_FIT}, verbose=2)"
_SPLIT_OFF = f"{_FIT}, validation_split=0.2)"
_VALIDATED = f"{_FIT},\n          validation_data=(x_test, y_test))"
_VALIDATED_LINES = f"{_FIT},\n          validation_data=(x_test, y_test), verbose=2)"
_SILENT = f"{_FIT}, verbose=0)"
_SUMMARY = "model.summary()"
_ACCURACY = (
    "loss, accuracy = model.evaluate(x_test, y_test, verbose=0)\n"
    'print(f"Loss on the test set: {loss:.4f}")\nprint(f"Accuracy on the test set: {100 * accuracy:.2f} %")'
)
_ERROR = (
    "loss, mae = model.evaluate(x_test, y_test, verbose=0)\n"
    'print(f"test loss {loss:.3f}, test mae {mae:.3f}")'
)

_CONVOLUTIONS = '    keras.layers.Conv2D(6, 3, activation="relu"),\n    keras.layers.Flatten(),\n'
_OVER_TIME = '    keras.layers.Conv1D(8, 5, activation="relu"),\n    keras.layers.GlobalMaxPooling1D(),\n'
_FUNCTIONAL = """inputs = keras.Input(x_train.shape[1:])
z = keras.layers.BatchNormalization()(inputs)
z = keras.layers.Dense(32, activation="relu")(z)
z = keras.layers.Dense(16, activation="relu")(z)
outputs = keras.layers.Dense(3, activation="softmax")(z)
model = keras.Model(inputs, outputs)"""


def _sequential(layers: str, output: str) -> str:
    return (
        "model = keras.Sequential([\n    keras.Input(x_train.shape[1:]),\n"
        f"{layers}    keras.layers.Dense({output}),\n])"
    )


def _cells(
    data: str,
    model: str,
    optimizer: str,
    loss: str,
    fit: tuple[int, str],
    shown: str = "",
    summary: str = "",
    metric: str = "accuracy",
    scaled: str = STANDARD,
) -> Cells:
    cells = (
        IMPORTS,
        f"{data}\n{SPLIT}",
        scaled,
        model,
        summary,
        f"learning_rate = {optimizer.partition(' ')[2]}\n"
        f"model.compile(optimizer=keras.optimizers.{optimizer.partition(' ')[0]}(learning_rate), "
        f'loss="{loss}", metrics=["{metric}"])',
        f"epochs = {fit[0]}\n{fit[1]}",
        shown,
    )
    return tuple(cell for cell in cells if cell)


_ONE, _THREE, _FOUR = (
    f'{n}, activation="{name}"' for n, name in ((1, "sigmoid"), (3, "softmax"), (4, "softmax"))
)
_BINARY, _CLASSES = "binary_crossentropy", "sparse_categorical_crossentropy"

FRESH: Mapping[str, Cells] = {
    "friedman": _cells(
        "x, y = datasets.make_friedman1(500, noise=1.0, random_state=0)\ny = y / 10",
        *(_sequential(hidden(32, 16), "1"), "Adam 0.01", "mean_squared_error", (30, _SPLIT_OFF)),
        metric="mae",
    ),
    "quantiles": _cells(
        "x, y = datasets.make_gaussian_quantiles(n_samples=800, n_features=3, n_classes=3, random_state=0)",
        *(_sequential(hidden(16, 16, activation="tanh"), _THREE), "Nadam 0.005", _CLASSES),
        *((20, _SILENT), _ACCURACY),
    ),
    "hastie": _cells(
        "x, y = datasets.make_hastie_10_2(1000, random_state=0)\ny = (y + 1) / 2",
        *(_sequential(hidden(24, dropout=0.4), _ONE), "RMSprop 0.002", _BINARY, (12, _VALIDATED)),
        summary=_SUMMARY,
    ),
    "swiss_roll": _cells(
        "x, y = datasets.make_swiss_roll(600, noise=0.5, random_state=0)\ny = y / 10",
        *(_sequential(hidden(24, 24), "1"), "Adam 0.005", "mean_absolute_error", (25, _LINES)),
        "model.evaluate(x_test, y_test, verbose=0)",
        metric="mse",
    ),
    "s_curve": _cells(
        _S_CURVE,
        *(_sequential(hidden(16, 16, 8), _FOUR), "SGD 0.1", "categorical_crossentropy", (25, _VALIDATED)),
    ),
    "bars": _cells(
        _BARS,
        *(_sequential(_CONVOLUTIONS + hidden(16), _ONE), "Adam 0.002", _BINARY, (15, _VALIDATED)),
        summary=_SUMMARY,
        scaled="x_train, x_test = x_train / 255, x_test / 255",
    ),
    "waves": _cells(
        _WAVES,
        *(_sequential(_OVER_TIME + hidden(16), _THREE), "Adam 0.005", _CLASSES, (15, _VALIDATED)),
        scaled="x_train, x_test = x_train / 10, x_test / 10",
    ),
    "regression": _cells(
        "x, y = datasets.make_regression(500, n_features=10, noise=20, random_state=0)\ny = y / 100",
        *(_sequential(hidden(16), "1"), "SGD 0.02", "mean_squared_error", (30, _SILENT), _ERROR),
        metric="mae",
    ),
    "checkerboard": _cells(
        _CHECKERBOARD,
        *(_sequential(hidden(32, 32, 16), _ONE), "Adam 0.01", _BINARY, (20, _BAR)),
        summary=_SUMMARY,
    ),
    "spirals": _cells(
        *(_SPIRALS, _FUNCTIONAL, "RMSprop 0.005", _CLASSES, (25, _VALIDATED_LINES)),
    ),
}
