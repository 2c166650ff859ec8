"""Pipelines of tf.data: what is followed, what is refused and why, and that they are read as they are."""

from __future__ import annotations

import itertools
import pickle
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import nnspec
from nnspec import Adam, Dense, FunctionDataset, InvalidValue, Recipe, TensorFlowDataset
from nnspec.data import tensorflow_dataset
from nnspec.recipes.identity import identity
from nnspec.recipes.script import keras_script

X = np.random.default_rng(0).normal(size=(20, 2)).astype(np.float32)
Y = np.arange(20) % 2


def slices(size: int = 20) -> Any:
    return nnspec.tensorflow()[0].data.Dataset.from_tensor_slices((X[:size], Y[:size]))


def rows(x: Any) -> list[list[float]]:
    return sorted(x.tolist())


KEPT: list[Callable[[], Any]] = [
    lambda: slices().batch(8),
    lambda: slices().cache().batch(8).prefetch(2),
    lambda: slices().map(lambda x, y: (x, y), num_parallel_calls=2).batch(8).cache(),
    lambda: slices().batch(8).unbatch().batch(8),
    lambda: slices().filter(lambda x, y: True).batch(8),
    lambda: slices().batch(4).rebatch(8),
]
MIXED: list[Callable[[], Any]] = [
    lambda: slices().shuffle(20).batch(8),
    lambda: slices().cache().shuffle(1000, seed=3).map(lambda x, y: (x, y)).batch(8).prefetch(1),
    lambda: slices().batch(4).unbatch().shuffle(20).batch(8),
]


@pytest.mark.parametrize("make", KEPT)
def test_a_pipeline_without_shuffling_keeps_its_order(make: Callable[[], Any]) -> None:
    data = TensorFlowDataset(make())
    np.testing.assert_array_equal(data.arrays().x_train, X)
    np.testing.assert_array_equal(data.arrays().y_train, Y)
    assert (data.batch_size, data.shuffled) == (8, False)


@pytest.mark.parametrize("make", MIXED)
def test_a_shuffled_pipeline_has_the_same_examples_in_one_order_whenever_it_is_read(
    make: Callable[[], Any],
) -> None:
    one, other = TensorFlowDataset(make()), TensorFlowDataset(make())
    assert rows(one.arrays().x_train) == rows(X)
    label = {tuple(x): y for x, y in zip(X.tolist(), Y.tolist(), strict=True)}
    assert [label[tuple(x)] for x in one.arrays().x_train.tolist()] == one.arrays().y_train.tolist()
    assert one == other
    assert one.content_hash == other.content_hash
    assert (one.batch_size, one.shuffled) == (8, True)


def test_parts_are_pipelines_of_their_own_or_split_off_and_travel() -> None:
    data = TensorFlowDataset(slices().shuffle(20).batch(8), test=slices(6).batch(6), validation_size=4)
    assert [len(data.arrays().part(part)[0]) for part in ("train", "test", "validation")] == [16, 6, 4]
    made = Recipe(data, [Dense(1, "sigmoid")], "binary_crossentropy", Adam(), 1, batch_size=data.batch_size)
    there = pickle.loads(pickle.dumps(made))  # noqa: S301  # our own
    assert identity(there) == identity(made)
    assert there.data.batch_size == 8
    assert replace(data, random_state=1) != data
    assert "examples of a tf.data.Dataset, in batches of 8" in keras_script(made)


def test_a_function_may_return_one_so_that_tensorflow_is_imported_when_it_is_needed() -> None:
    found = FunctionDataset(lambda: TensorFlowDataset(slices().batch(5))).arrays()
    np.testing.assert_array_equal(found.x_train, X)


def noisy(x: Any, y: Any) -> Any:
    tf = nnspec.tensorflow()[0]
    return x + tf.cast(tf.timestamp() % 1e3, x.dtype), y  # random numbers are the same under a global seed


def generated() -> Any:
    tf = nnspec.tensorflow()[0]

    def endless() -> Any:
        while True:
            yield X[0], Y[0]

    signature = tf.TensorSpec((2,), tf.float32), tf.TensorSpec((), tf.int64)
    return tf.data.Dataset.from_generator(endless, output_signature=signature)


def of_numbers(*lengths: int, fail: bool = False) -> Any:
    """Return examples of these lengths, and targets of 0."""
    tf = nnspec.tensorflow()[0]

    def made() -> Any:
        for length in lengths:
            yield np.ones(length), 0
        if fail:
            raise RuntimeError("no such folder")

    signature = tf.TensorSpec((None,), tf.float32), tf.TensorSpec((), tf.int64)
    return tf.data.Dataset.from_generator(made, output_signature=signature)


def dividing(x: Any, y: Any) -> Any:
    tf = nnspec.tensorflow()[0]
    return tf.debugging.check_numerics(x / 0.0, "divided by nothing"), y


REFUSED: list[tuple[Callable[[], Any], str]] = [
    (lambda: X, "a tf.data.Dataset; arrays are an ArrayDataset"),
    (lambda: slices().repeat().batch(8), "without end.*leave repeat"),
    (lambda: slices().repeat(2).batch(8), "a single pass.*epochs"),
    (lambda: slices(), "add .batch"),
    (lambda: slices().take(0).batch(8), "without examples"),
    (lambda: of_numbers(1, 2, 3, 4).padded_batch(2), r"shapes \(2,\) and \(4,\).*pad all"),
    (lambda: of_numbers(2, 2, fail=True).batch(2), "RuntimeError: no such folder';"),
    (lambda: slices().map(dividing).batch(8), "InvalidArgumentError: divided by nothing"),
    (lambda: slices().shuffle(19).filter(lambda x, y: True).batch(8), r"shuffle\(19\) of 20.*shuffle\(20\)"),
    (lambda: slices().shuffle(7).shuffle(5).batch(8), r"shuffle\(5\) of 20 examples.*before it"),
    (lambda: slices().batch(8).shuffle(20), "put shuffle.* before batch"),
    (lambda: slices().shuffle(20).cache().batch(8), "put cache.* before shuffle"),
    (lambda: slices().shuffle(20, reshuffle_each_iteration=False).batch(8), "new in every epoch"),
    (lambda: slices().shuffle(20).take(10).batch(5), "other examples each time.*take"),
    (lambda: slices().shuffle(20).batch(8, drop_remainder=True), "drop_remainder"),
    (lambda: slices().map(noisy).batch(8), "other examples each time.*augmentation"),
    (lambda: slices().batch(8).concatenate(slices().batch(8)), "batches of one size"),
    (lambda: slices().map(lambda x, y: (x, y, 1.0)).batch(8), "sample weights are not taken"),
    (lambda: slices().map(lambda x, y: x).batch(8), r"expected pairs \(inputs, targets\)"),
    (lambda: slices().map(lambda x, y: ((x, x), y)).batch(8), r"let a map\(\) return them in a dict"),
    (lambda: slices().map(lambda x, y: (x * np.nan, y)).batch(8), "NaN or infinity"),
    (lambda: slices().map(lambda x, y: ("text", y)).batch(8), "real numbers"),
]


@pytest.mark.parametrize(("make", "message"), REFUSED)
def test_what_cannot_be_followed_is_refused_with_the_reason(make: Callable[[], Any], message: str) -> None:
    given = make()
    with pytest.raises(InvalidValue, match=message) as caught:
        TensorFlowDataset(given)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("make", [lambda: slices().batch(4), lambda: generated().batch(4)])
def test_one_that_is_too_large_is_not_read_to_its_end(
    make: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tensorflow_dataset, "MOST_BYTES", 100)
    with pytest.raises(InvalidValue, match="at most 100 B in memory"):
        TensorFlowDataset(make())


def test_several_inputs_and_targets_by_name_are_arrays_by_name() -> None:
    def named(x: Any, y: Any) -> Any:
        return {"both": x, "first": x[:1]}, {"label": y, "second": x[1]}

    for pipeline in (slices().map(named).batch(8), slices().shuffle(20).map(named).batch(8)):
        data = TensorFlowDataset(pipeline)
        found = data.arrays()
        assert sorted(found.x_train.arrays) == ["both", "first"]
        both, first = (found.x_train.arrays[name] for name in ("both", "first"))
        np.testing.assert_array_equal(both[:, :1], first)
        np.testing.assert_array_equal(found.y_train.arrays["second"], both[:, 1])
        assert rows(both) == rows(X)
        assert data.batch_size == 8
        assert TensorFlowDataset(pipeline).arrays().checksum() == found.checksum()


def _generated(batches: int | None) -> Any:
    """Return so many batches from a generator, or batches without an end."""
    tf = nnspec.tensorflow()[0]

    def generator() -> Iterator[Any]:
        for _ in itertools.count() if batches is None else range(batches):
            yield X[:8], Y[:8]

    signature = tf.TensorSpec((8, 2)), tf.TensorSpec((8,), tf.int64)
    return tf.data.Dataset.from_generator(generator, output_signature=signature)


def test_a_generator_without_an_end_is_refused_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tensorflow_dataset, "_MOST_BATCHES", 20)
    with pytest.raises(InvalidValue, match=r"more than 20 batches of a generator'; .* take\(n\) at the end"):
        TensorFlowDataset(_generated(None))
    assert len(TensorFlowDataset(_generated(None).take(30)).arrays().x_train) == 240
    assert len(TensorFlowDataset(_generated(20)).arrays().x_train) == 160
