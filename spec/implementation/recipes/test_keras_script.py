"""The Keras scripts train what the recipes say: the same data, the same model, the same numbers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnspec import (
    IMDB,
    L1L2,
    MNIST,
    SGD,
    Adam,
    Arrays,
    BinaryCrossentropy,
    Blobs,
    Circles,
    Dataset,
    Dense,
    Digits,
    Dropout,
    FashionMNIST,
    Flatten,
    GaussianQuantiles,
    Initializer,
    Moons,
    Recipe,
    RMSprop,
    StraightLine,
    imdb_reviews,
)
from nnspec.data.files import load_arrays
from nnspec.recipes.layers import BatchNormalization
from nnspec.recipes.script import keras_script
from nnspec.recipes.script_data import data_lines
from nnspec.textbook.learning_rate import exponential_sweep
from nnspec.training import model_fit


@dataclass(frozen=True)
class Own(Dataset):
    """Data that a specification declares itself."""

    points: int = 6

    def split(self) -> Arrays:
        """Return points on a line in three parts."""
        x = np.arange(self.points, dtype=np.float32)[:, None]
        return Arrays(x, x[:, 0], x[:2], x[:2, 0], x[:1], x[:1, 0])


MADE = [
    Circles(n_samples=40, train_size=30),
    Circles(n_samples=40, noise=0.1, random_state=3),
    Moons(n_samples=40, test_samples=20),
    Moons(n_samples=40, train_size=30),
    Blobs(((0.0, 1.0), (2.0, -1.5)), n_samples=30, cluster_std=0.5, train_size=20),
    GaussianQuantiles(n_samples=60, n_classes=3, cov=2.0),
    StraightLine(),
    StraightLine(train_size=None),
    Digits(),
    Digits(one_hot=True, scale=1.0, train_size=100),
    Own(7),
]
DOWNLOADED = [MNIST(train_size=50), FashionMNIST(one_hot=True), IMDB(num_words=60, train_size=100)]


def executed(code: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(compile(code, "script", "exec"), names)  # noqa: S102 -- that it runs is what is tested
    return names


def assert_same_data(data: Dataset) -> None:
    code = data_lines(data, validation=True)
    made, wanted = executed("\n".join([*code.imports, *code.lines])), data.arrays()
    parts = ["train", *(["test"] if len(wanted.x_test) else [])]
    parts += ["validation"] if len(wanted.x_validation) else []
    assert code.has_test in (None, bool(len(wanted.x_test)))
    for part in parts:
        x, y = wanted.part(part)
        # the scripts multiply in another order, which is one rounding
        np.testing.assert_allclose(made[f"x_{part}"], x, rtol=1e-6)
        np.testing.assert_array_equal(np.asarray(made[f"y_{part}"], y.dtype), y)


@pytest.mark.parametrize("data", MADE, ids=lambda data: f"{type(data).__name__}-{data.train_size}")
def test_a_script_makes_the_data_of_the_recipe(data: Dataset) -> None:
    assert_same_data(data)


@pytest.mark.parametrize("data", DOWNLOADED, ids=lambda data: type(data).__name__)
def test_a_script_turns_what_keras_downloads_into_the_data_of_the_recipe(
    data: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import keras

    def images() -> Any:
        found = load_arrays(data.file)
        return (found["x_train"], found["y_train"]), (found["x_test"], found["y_test"])

    def reviews(num_words: int) -> Any:
        found = load_arrays("imdb.npz")
        pairs = (imdb_reviews(part, num_words) for part in ("train", "test"))
        return tuple(zip(pairs, (found["y_train"], found["y_test"]), strict=True))

    for module, load in (("mnist", images), ("fashion_mnist", images), ("imdb", reviews)):
        monkeypatch.setattr(getattr(keras.datasets, module), "load_data", load)
    assert_same_data(data)


def test_a_script_gives_the_numbers_of_the_keras_engine_where_nothing_is_random(tmp_path: Path) -> None:
    zeros = [Dense(3, "tanh", kernel_initializer="ones"), Dense(1, "sigmoid", kernel_initializer="zeros")]
    # all points in one batch, so that their order is of no consequence
    recipe = Recipe(
        *(Circles(n_samples=40, noise=0.2, train_size=32), zeros, "binary_crossentropy", SGD(0.1, 0.9)),
        epochs=8,
        batch_size=32,
        learning_rates=[0.1, 0.2, 0.4, 0.5, 0.5, 0.5, 0.5, 0.5],
        validation_data="test",
    )
    script = tmp_path / "script.py"
    script.write_text(keras_script(recipe), encoding="utf-8")
    found = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)  # noqa: S603
    said = dict(line.split(" part: ") for line in found.stdout.splitlines() if " part: " in line)
    runs = model_fit.train(recipe, [5])
    for part, prefix in (("training", ""), ("test", "test_")):
        numbers = eval(said[part])  # noqa: S307 -- a dict that the script printed
        assert set(numbers) == {"loss", "accuracy"}
        for name, value in numbers.items():
            assert value == pytest.approx(float(runs.metrics[prefix + name][0]), rel=1e-5)


DEEP = [
    Flatten(),
    Dense(4, "relu", kernel_initializer="he_normal", kernel_regularizer=L1L2(l2=0.01)),
    BatchNormalization(),
    Dropout(0.25),
    Dense(5, "tanh", kernel_initializer=Initializer("random_normal", stddev=0.5)),
    Dense(10, "softmax"),
]
SHALLOW = [Dense(1, kernel_initializer=Initializer("random_uniform", minval=-1.0, maxval=2.0))]
METRICS = ["accuracy", "mean_absolute_error"]
FROM_LOGITS = BinaryCrossentropy(from_logits=True)
EVERYTHING = [
    Recipe(Digits(train_size=40), DEEP, "sparse_categorical_crossentropy", Adam(beta_1=0.8), epochs=1),
    Recipe(Circles(20), SHALLOW, FROM_LOGITS, RMSprop(0.01, rho=0.8), epochs=1, metrics=METRICS),
]


def without_names_and_seeds(config: Any) -> Any:
    if isinstance(config, dict):
        kept = {key: value for key, value in config.items() if key not in ("name", "seed", "build_config")}
        return {key: without_names_and_seeds(value) for key, value in kept.items()}
    return [without_names_and_seeds(item) for item in config] if isinstance(config, list | tuple) else config


@pytest.mark.parametrize("recipe", EVERYTHING, ids=["digits", "circles"])
def test_a_script_builds_and_compiles_the_model_of_the_keras_engine(recipe: Recipe) -> None:
    made, wanted = executed(keras_script(recipe))["model"], model_fit.build_model(recipe, 0)
    assert without_names_and_seeds(made.get_config()) == without_names_and_seeds(wanted.get_config())
    ours, theirs = (without_names_and_seeds(model.optimizer.get_config()) for model in (made, wanted))
    assert ours == theirs
    assert made.loss.get_config() == wanted.loss.get_config()
    assert made.get_compile_config()["metrics"] == wanted.get_compile_config()["metrics"]


@pytest.mark.parametrize(
    "rates",
    [exponential_sweep(1e-4, tenfold_every=20, epochs=100), (0.1, 0.1, 0.1), (0.0, 0.1, 0.5), (0.3,)],
    ids=["sweep", "constant", "others", "one"],
)
def test_a_script_has_the_learning_rate_of_every_epoch(rates: Sequence[float]) -> None:
    lines = keras_script(EVERYTHING[1].with_learning_rates(rates)).splitlines()
    start = lines.index("learning_rates = [")
    code = "\n".join(lines[start : lines.index("]", start) + 1])
    assert executed(code)["learning_rates"] == pytest.approx(list(rates), rel=1e-9)
    assert lines[lines.index("]", start) + 1].startswith("schedule = ")


def test_every_line_of_a_script_fits_a_page() -> None:
    sweep = EVERYTHING[0].with_learning_rates([1e-4 * 10 ** (epoch / 20) for epoch in range(100)])
    assert max(map(len, keras_script(sweep).splitlines())) <= 110
