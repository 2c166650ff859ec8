"""Wrong data: generated sets that cannot be, and sets of one's own that hold no usable arrays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnspec import (
    IMDB,
    MNIST,
    ArrayDataset,
    Arrays,
    Blobs,
    Circles,
    Dataset,
    Digits,
    FashionMNIST,
    GaussianQuantiles,
    Moons,
    StraightLine,
    imdb_reviews,
    load_arrays,
)
from spec.implementation.bad_inputs.cases import INFINITY, NAN, Case, refused, table

ANY: Any = None


def own(examples: Any, size: int | None = None) -> Callable[[], Any]:
    """Return the call that reads a data set whose examples are these."""

    @dataclass(frozen=True)
    class Own(Dataset):
        train_size: int | None = size

        def examples(self) -> Any:
            return examples

    return lambda: Own().arrays()


def parts(*arrays: Any) -> Callable[[], Any]:
    """Return the call that reads a data set whose parts are these."""

    @dataclass(frozen=True)
    class Parts(Dataset):
        def split(self) -> Arrays:
            return Arrays(*arrays)

    return lambda: Parts().arrays()


@dataclass(frozen=True)
class Unfinished(Dataset):
    """A data set that lacks its examples."""

    train_size: int | None = None


X, Y = np.ones((4, 2)), np.array([0, 1, 0, 1])
EXAMPLES = "Own().examples()="
SETS: list[Case] = [
    (lambda: Circles(n_samples=0), "n_samples=0", "a whole number of at least 2"),
    (lambda: Circles(n_samples=1e3), "n_samples=1000.0", "a whole number of at least 2"),  # type: ignore[arg-type]
    (lambda: Circles(noise=NAN), "noise=nan", "a finite number at least 0"),
    (lambda: Circles(noise=INFINITY), "noise=inf", "a finite number at least 0"),
    (lambda: Circles(random_state=2**32), "random_state=4294967296", "at most"),
    (lambda: Circles(random_state=ANY), "random_state=None", "a whole number, 0 or more"),
    (lambda: Circles(train_size=-1), "train_size=-1", "a positive whole number"),
    (lambda: Circles(train_size=0.8), "train_size=0.8", "a positive whole number"),  # type: ignore[arg-type]
    (lambda: Circles(train_size=2000).arrays(), "train_size=2000", "at most the 1000 examples"),
    (lambda: Circles(noise=1e300).arrays(), "Circles().examples()=", "not too large for float32, at most 3.4e+38"),
    (lambda: Moons(random_state=2**32 - 1, test_samples=2), "random_state=4294967295", "at most"),
    (lambda: Moons(test_samples=-2), "test_samples=-2", "a whole number, 0 or more"),
    (lambda: Moons(test_samples=1), "test_samples=1", "0, or at least 2"),
    (lambda: Moons(test_samples=10, train_size=5), "train_size=5", "None where test_samples"),
    (lambda: GaussianQuantiles(n_classes=1), "n_classes=1", "a whole number of at least 2"),
    (lambda: GaussianQuantiles(n_samples=19), "n_samples=19", "at least 20"),
    (lambda: GaussianQuantiles(cov=0), "cov=0", "a finite number above 0"),
    (lambda: GaussianQuantiles(test_size=1.0), "test_size=1.0", "at least 0.05 and at most 0.95"),
    (lambda: GaussianQuantiles(validation_size=0), "validation_size=0", "at least 0.05"),
    (lambda: GaussianQuantiles(split_random_state=-1), "split_random_state=-1", "0 or more"),
    (lambda: GaussianQuantiles(split_random_state=2**40), "split_random_state=1099511627776", "at most"),
    (lambda: Blobs(centers=()), "centers=()", "finite numbers, (centres, features)"),
    (lambda: Blobs(centers=5), "centers=5", "finite numbers, (centres, features)"),  # type: ignore[arg-type]
    (lambda: Blobs(centers=((0, 0), (1,))), "centers=((0, 0), (1,))", "finite numbers, (centres, features)"),
    (lambda: Blobs(centers=(("a", "b"),)), "centers=(('a', 'b'),)", "finite numbers, (centres, features)"),  # type: ignore[arg-type]
    (lambda: Blobs(centers=((NAN, 0),)), "centers=((nan, 0),)", "finite numbers, (centres, features)"),
    (lambda: Blobs(centers="ab"), "centers='ab'", "finite numbers, (centres, features)"),  # type: ignore[arg-type]
    (lambda: Blobs(((0.0,),), cluster_std=-1), "cluster_std=-1", "a finite number at least 0"),
    (lambda: Blobs(((0.0,),), n_samples=0), "n_samples=0", "a positive whole number"),
    (lambda: StraightLine(train_size=201).arrays(), "train_size=201", "at most the 200 examples"),
    (lambda: Digits(scale=NAN), "scale=nan", "a finite number above 0"),
    (lambda: Digits(one_hot=ANY), "one_hot=None", "True or False"),
    (lambda: Digits(scale=1e300).arrays(), "Digits().examples()=5e+300", "not too large for float32"),
    (lambda: MNIST(scale=-1), "scale=-1", "a finite number above 0"),
    (lambda: FashionMNIST(one_hot="yes"), "one_hot='yes'", "True or False"),  # type: ignore[arg-type]
    (lambda: IMDB(num_words=2), "num_words=2", "a whole number of at least 3"),
    (lambda: IMDB(num_words=10**6), "num_words=1000000", "at most 88587"),
    (lambda: IMDB(validation_size=-1), "validation_size=-1", "0 or more"),
    (lambda: imdb_reviews("validation"), "part='validation'", "one of test, train"),
    (lambda: imdb_reviews(ANY), "part=None", "one of test, train"),
    (lambda: imdb_reviews("test", 0), "num_words=0", "a whole number of at least 3"),
    (lambda: load_arrays("mnist"), "name='mnist'", "did you mean 'mnist.npz'?"),
    (lambda: load_arrays("imdb_word_index.json"), "name='imdb_word_index.json'", "one of fashion_mnist.npz"),
    (lambda: load_arrays(ANY), "name=None", "one of fashion_mnist.npz, imdb.npz, mnist.npz"),
    (own(None), EXAMPLES + "None", "a pair of inputs and targets"),
    (own((X,)), EXAMPLES, "a pair of inputs and targets"),
    (own((X, Y, Y)), EXAMPLES, "a pair of inputs and targets"),
    (own((X, Y[:3])), "((4, 2), (3,))", "as many inputs as targets"),
    (own((X[:0], Y[:0])), "((0, 2), (0,))", "at least one"),
    (own((np.float64(3), Y)), "((), (4,))", "as many inputs as targets"),
    (own((X, 1)), "((4, 2), ())", "as many inputs as targets"),
    (own(([[1, 2], [3]], [0, 1])), EXAMPLES, "numbers in rows of the same length"),
    (own((np.ma.masked_equal(X, 1), Y)), EXAMPLES + "'a masked array'", "without a mask; use .filled(value)"),
    (own((X.astype(str), Y)), "<U32", "real numbers"),
    (own((X, np.array(["a", "b", "a", "b"]))), "<U1", "real numbers"),
    (own((X.astype(object), Y)), "object", "real numbers"),
    (own((X * 1j, Y)), "complex128", "real numbers"),
    (own((X, np.array([0, 1, None, 1]))), "object", "real numbers"),
    (own((X.astype("datetime64[s]"), Y)), "datetime64[s]", "real numbers"),
    (own((X * NAN, Y)), "NaN or infinity", "finite inputs and targets"),
    (own((X, np.full(4, INFINITY))), "NaN or infinity", "finite inputs and targets"),
    (own((X * 1e300, Y)), EXAMPLES + "1e+300", "not too large for float32, at most 3.4e+38; scale them"),
    (own((X, Y * -1e300)), EXAMPLES + "-1e+300", "not too large for float32"),
    (own((X * [1e300, NAN], Y)), "NaN or infinity", "finite inputs and targets"),
    (own((X, Y.astype(np.uint64) * 2**63)), "9223372036854775808", "at most"),
    (parts(X, Y, X, Y[:3]), "Parts().split(): test=((4, 2), (3,))", "as many inputs as targets"),
    (parts(X[:0], Y[:0]), "train=((0, 2), (0,))", "at least one to train on"),
    (parts(X, Y, X[:, :1], Y), "x_test=(4, 1)", "examples of shape (2,), as for training"),
    (parts(X, Y, X), "Parts().split(): test='one of x and y alone'", "inputs and their targets"),
    (lambda: ArrayDataset.of(Arrays(X, Y[:3])), "Arrays: train=((4, 2), (3,))", "as many inputs as targets"),
    (lambda: ArrayDataset.of(Arrays(X * 1e39, Y)), "Arrays=1e+39", "not too large for float32"),
    (lambda: ArrayDataset.of(Arrays(X, Y, y_validation=Y)), "Arrays: validation=", "inputs and their targets"),
    (lambda: ArrayDataset.of(Arrays(X.astype(str), Y)), "<U32", "real numbers"),
    (lambda: ArrayDataset.of(Arrays(ANY, Y)), "Arrays: train=", "inputs and their targets"),
    (lambda: ArrayDataset.of(Arrays(np.float64(1), np.float64(2))), "Arrays: train=((), ())", "as many inputs"),
    (lambda: Dataset().arrays(), "Dataset", "a frozen dataclass"),
    (lambda: Unfinished().arrays(), "data='Unfinished'", "a data set with a method examples"),
    (lambda: Circles(n_samples=1), "n_samples=1", "a whole number of at least 2"),
    (lambda: Moons(noise=-1), "noise=-1", "a finite number at least 0"),
    (lambda: Moons(random_state=-1), "random_state=-1", "a whole number, 0 or more"),
    (lambda: MNIST(train_size=0), "train_size=0", "a positive whole number"),
    (lambda: Digits(scale=0), "scale=0", "a finite number above 0"),
    (lambda: StraightLine(train_size="all"), "train_size='all'", "a positive whole number"),  # type: ignore[arg-type]
    (lambda: IMDB(num_words=88_588), "num_words=88588", "at most 88587"),
    (own((X, Y), 5), "train_size=5", "at most the 4 examples of Own"),
    (own((X, [0.0, NAN, 1.0, 1.0])), EXAMPLES + "'NaN or infinity'", "finite inputs and targets"),
]  # fmt: skip


@table(SETS)
def test_wrong_data_are_refused(call: Callable[[], Any], received: str, expected: str) -> None:
    refused(call, received, expected)
