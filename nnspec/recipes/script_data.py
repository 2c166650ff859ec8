"""The part of a Keras script that makes the data: arrays by the names x_train, y_train, x_test, y_test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from nnspec.data import (
    IMDB,
    MNIST,
    Blobs,
    Circles,
    Dataset,
    Digits,
    FashionMNIST,
    GaussianQuantiles,
    GivenArrays,
    Moons,
    StraightLine,
)

_NUMPY, _KERAS = "import numpy as np", "import keras"


@dataclass(frozen=True)
class DataLines:
    """Lines of code: `imports`, and `lines` that make the arrays.

    `has_test` says whether there is a test part, None where only the arrays tell.
    """

    imports: tuple[str, ...]
    lines: tuple[str, ...]
    has_test: bool | None


@dataclass
class _Code:
    lines: list[str] = field(default_factory=list)
    imports: list[str] = field(default_factory=list)
    has_test: bool | None = True


def data_lines(data: Dataset, *, validation: bool) -> DataLines:
    """Return the code that makes the arrays of a data set.

    `validation` asks for x_validation and y_validation too, of data sets that have such a part.
    """
    code = _WRITERS.get(type(data), _of_a_specification)(data)
    if validation and type(data) not in _WRITERS:
        code.lines.append(f"x_validation, y_validation = data.part({'validation'!r})")
    imports = [line for line in code.imports if line.startswith("import ")]
    named = [line for line in code.imports if not line.startswith("import ")]
    # as isort has them: modules before names
    ordered = [*sorted({_KERAS, *imports}), *sorted(set(named))]
    return DataLines(tuple(ordered), tuple(code.lines), code.has_test)


def _two_shapes(data: Any) -> _Code:
    name = type(data).generator
    made = f"{name}({data.n_samples}, noise={data.noise!r}, random_state={data.random_state})"
    return _split(data, f"x, y = {made}", [f"from sklearn.datasets import {name}"])


def _moons(data: Moons) -> _Code:
    code = _two_shapes(data)
    if data.test_samples:
        fresh = f"make_moons({data.test_samples}, noise={data.noise!r}, random_state={data.random_state + 1})"
        code.lines = [code.lines[0].replace("x, y", "x_train, y_train"), f"x_test, y_test = {fresh}"]
        code.has_test = True
    return code


def _blobs(data: Blobs) -> _Code:
    rest = f"cluster_std={data.cluster_std!r}, random_state={data.random_state}"
    centers = [list(centre) for centre in data.centers]
    made = f"x, y = make_blobs({data.n_samples}, centers={centers!r}, {rest})"
    return _split(data, made, ["from sklearn.datasets import make_blobs"])


def _straight_line(data: StraightLine) -> _Code:
    code = _split(data, "x = np.arange(0, 1000, 5, dtype=np.float32)[:, None]", [_NUMPY])
    code.lines.insert(1, "y = x[:, 0] + 100")
    return code


def _digits(data: Digits) -> _Code:
    code = _split(data, "digits = load_digits()", ["from sklearn.datasets import load_digits"])
    labels = "keras.utils.to_categorical(digits.target, 10)" if data.one_hot else "digits.target"
    code.lines.insert(1, f"x, y = digits.images * {data.scale!r}, {labels}")
    return code


def _gaussian_quantiles(data: GaussianQuantiles) -> _Code:
    made = (
        f"n_samples={data.n_samples}, n_features=2, n_classes={data.n_classes}, "
        f"cov={data.cov!r}, random_state={data.random_state}"
    )
    state = f"random_state={data.split_random_state}"
    return _Code(
        [
            f"x, y = make_gaussian_quantiles({made})",
            f"x, x_test, y, y_test = train_test_split(x, y, test_size={data.test_size!r}, {state})",
            "x_train, x_validation, y_train, y_validation = train_test_split(",
            f"    x, y, test_size={data.validation_size!r}, {state}",
            ")",
        ],
        [
            "from sklearn.datasets import make_gaussian_quantiles",
            "from sklearn.model_selection import train_test_split",
        ],
    )


def _images(data: Any) -> _Code:
    module = {MNIST: "mnist", FashionMNIST: "fashion_mnist"}[type(data)]
    lines = [
        f"(x_train, y_train), (x_test, y_test) = keras.datasets.{module}.load_data()",
        f"x_train, x_test = x_train * np.float32({data.scale!r}), x_test * np.float32({data.scale!r})",
    ]
    if data.one_hot:
        lines += [f"{y} = keras.utils.to_categorical({y}, 10)" for y in ("y_train", "y_test")]
    if data.train_size is not None:
        lines.append(f"x_train, y_train = x_train[:{data.train_size}], y_train[:{data.train_size}]")
    return _Code(lines, [_NUMPY])


def _imdb(data: IMDB) -> _Code:
    loaded = f"keras.datasets.imdb.load_data(num_words={data.num_words})"
    first = data.validation_size
    last = "" if data.train_size is None else f"{first + data.train_size}"
    return _Code(
        [
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
        ],
        [_NUMPY],
    )


def _given(data: GivenArrays) -> _Code:
    """Return code that reads arrays which nobody but their author has."""
    parts = [part for part in ("train", "test", "validation") if len(data.parts.part(part)[0])]
    names = [f"{name}_{part}" for part in parts for name in ("x", "y")]
    lines = [
        f"# the author's own arrays, x_train {data.parts.x_train.shape}, SHA-256 {data.parts.checksum()};",
        "# where there are none, write your own to such a file:",
        f'# np.savez("arrays.npz", {", ".join(f"{name}={name}" for name in names)})',
        'arrays = np.load("arrays.npz")',
        *(f'x_{part}, y_{part} = arrays["x_{part}"], arrays["y_{part}"]' for part in parts),
    ]
    return _Code(lines, [_NUMPY], has_test="test" in parts)


def _of_a_specification(data: Dataset) -> _Code:
    """Return code that imports a data set which is declared elsewhere and takes its arrays from there."""
    module, name = type(data).__module__, type(data).__name__
    lines = [
        f"# {name} is declared in {module}: run this where that can be imported",
        f"data = {data!r}.arrays()",
        *(f"x_{part}, y_{part} = data.part({part!r})" for part in ("train", "test")),
    ]
    return _Code(lines, [f"from {module} import {name}"], has_test=None)


def _split(data: Dataset, made: str, imports: list[str]) -> _Code:
    size = data.train_size
    if size is None:
        return _Code([made, "x_train, y_train = x, y"], imports, has_test=False)
    parts = f"x_train, y_train, x_test, y_test = x[:{size}], y[:{size}], x[{size}:], y[{size}:]"
    return _Code([made, parts], imports)


_WRITERS: dict[type[Dataset], Callable[[Any], _Code]] = {
    Blobs: _blobs,
    Circles: _two_shapes,
    Digits: _digits,
    FashionMNIST: _images,
    GaussianQuantiles: _gaussian_quantiles,
    GivenArrays: _given,
    IMDB: _imdb,
    MNIST: _images,
    Moons: _moons,
    StraightLine: _straight_line,
}
