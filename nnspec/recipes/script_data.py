"""The part of a Keras script that makes the data: arrays by the names x_train, y_train, x_test, y_test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nnspec.data import Dataset, bundled, downloaded, generated
from nnspec.recipes.data_lines import NUMPY as _NUMPY
from nnspec.recipes.data_lines import DataLines, in_order
from nnspec.recipes.script_own_data import OWN

_KERAS = "import keras"


def data_lines(data: Dataset, *, validation: bool) -> DataLines:
    """Return the code that makes the arrays of a data set.

    `validation` asks for x_validation and y_validation too, of data sets that have such a part.
    """
    code = _WRITERS.get(type(data), _of_a_specification)(data)
    if validation and type(data) not in _WRITERS:
        code.lines.append("x_validation, y_validation = data.part('validation')")
    code.imports = in_order([_KERAS, *code.imports])
    return code


def _two_shapes(data: Any) -> DataLines:
    name = type(data).generator
    made = f"{name}({data.n_samples}, noise={data.noise!r}, random_state={data.random_state})"
    return _split(data, f"x, y = {made}", [f"from sklearn.datasets import {name}"])


def _moons(data: generated.Moons) -> DataLines:
    code = _two_shapes(data)
    if data.test_samples:
        fresh = f"make_moons({data.test_samples}, noise={data.noise!r}, random_state={data.random_state + 1})"
        code.lines = [code.lines[0].replace("x, y", "x_train, y_train"), f"x_test, y_test = {fresh}"]
        code.has_test = True
    return code


def _blobs(data: generated.Blobs) -> DataLines:
    rest = f"cluster_std={data.cluster_std!r}, random_state={data.random_state}"
    centers = [list(centre) for centre in data.centers]
    made = f"x, y = make_blobs({data.n_samples}, centers={centers!r}, {rest})"
    return _split(data, made, ["from sklearn.datasets import make_blobs"])


def _straight_line(data: generated.StraightLine) -> DataLines:
    code = _split(data, "x = np.arange(0, 1000, 5, dtype=np.float32)[:, None]", [_NUMPY])
    code.lines.insert(1, "y = x[:, 0] + 100")
    return code


def _digits(data: bundled.Digits) -> DataLines:
    code = _split(data, "digits = load_digits()", ["from sklearn.datasets import load_digits"])
    labels = "keras.utils.to_categorical(digits.target, 10)" if data.one_hot else "digits.target"
    code.lines.insert(1, f"x, y = digits.images * {data.scale!r}, {labels}")
    return code


def _gaussian_quantiles(data: generated.GaussianQuantiles) -> DataLines:
    made = (
        f"n_samples={data.n_samples}, n_features=2, n_classes={data.n_classes}, "
        f"cov={data.cov!r}, random_state={data.random_state}"
    )
    state = f"random_state={data.split_random_state}"
    lines = [
        f"x, y = make_gaussian_quantiles({made})",
        f"x, x_test, y, y_test = train_test_split(x, y, test_size={data.test_size!r}, {state})",
        "x_train, x_validation, y_train, y_validation = train_test_split(",
        f"    x, y, test_size={data.validation_size!r}, {state}",
        ")",
    ]
    imports = ("datasets import make_gaussian_quantiles", "model_selection import train_test_split")
    return DataLines(lines, [f"from sklearn.{name}" for name in imports])


def _images(data: Any) -> DataLines:
    module = {downloaded.MNIST: "mnist", downloaded.FashionMNIST: "fashion_mnist"}[type(data)]
    lines = [
        f"(x_train, y_train), (x_test, y_test) = keras.datasets.{module}.load_data()",
        f"x_train, x_test = x_train * np.float32({data.scale!r}), x_test * np.float32({data.scale!r})",
    ]
    if data.one_hot:
        lines += [f"{y} = keras.utils.to_categorical({y}, 10)" for y in ("y_train", "y_test")]
    if data.train_size is not None:
        lines.append(f"x_train, y_train = x_train[:{data.train_size}], y_train[:{data.train_size}]")
    return DataLines(lines, [_NUMPY])


def _imdb(data: downloaded.IMDB) -> DataLines:
    loaded = f"keras.datasets.imdb.load_data(num_words={data.num_words})"
    first = data.validation_size
    last = "" if data.train_size is None else f"{first + data.train_size}"
    lines = [
        "def multi_hot(reviews):",
        f"    rows = np.zeros((len(reviews), {data.num_words}), np.uint8)",
        "    for row, words in zip(rows, reviews):",
        "        row[words] = 1",
        "    return rows",
        "",
        f"(reviews, y), (test_reviews, y_test) = {loaded}",
        "x, x_test = multi_hot(reviews), multi_hot(test_reviews)",
        f"x_validation, y_validation = x[:{first}], y[:{first}]",
        f"x_train, y_train = x[{first}:{last}], y[{first}:{last}]",
    ]
    return DataLines(lines, [_NUMPY])


def _of_a_specification(data: Dataset) -> DataLines:
    """Return code that imports a data set which is declared elsewhere and takes its arrays from there."""
    module, name = type(data).__module__, type(data).__name__
    lines = [
        f"# {name} is declared in {module}: run this where that can be imported",
        f"data = {data!r}.arrays()",
        *(f"x_{part}, y_{part} = data.part({part!r})" for part in ("train", "test")),
    ]
    return DataLines(lines, [f"from {module} import {name}"], has_test=None)


def _split(data: Dataset, made: str, imports: list[str]) -> DataLines:
    size = data.train_size
    if size is None:
        return DataLines([made, "x_train, y_train = x, y"], imports, has_test=False)
    parts = f"x_train, y_train, x_test, y_test = x[:{size}], y[:{size}], x[{size}:], y[{size}:]"
    return DataLines([made, parts], imports)


_WRITERS: dict[type[Dataset], Callable[[Any], DataLines]] = OWN | {
    generated.Blobs: _blobs,
    generated.Circles: _two_shapes,
    bundled.Digits: _digits,
    downloaded.FashionMNIST: _images,
    generated.GaussianQuantiles: _gaussian_quantiles,
    downloaded.IMDB: _imdb,
    downloaded.MNIST: _images,
    generated.Moons: _moons,
    generated.StraightLine: _straight_line,
}
