"""Pipelines of tf.data that shuffle with a small buffer, and those over files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import nnspec
from nnspec import Adam, Dense, FunctionDataset, InvalidValue, KerasRecipe, Recipe, TensorFlowDataset

X = np.random.default_rng(0).normal(size=(20, 2)).astype(np.float32)
Y = np.arange(20) % 2


def slices(size: int = 20) -> Any:
    return nnspec.tensorflow()[0].data.Dataset.from_tensor_slices((X[:size], Y[:size]))


def doubled(x: Any, y: Any) -> Any:
    return 2 * x, y


def compiled() -> Any:
    keras = nnspec.tensorflow()[1]
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, "sigmoid")])
    model.compile("sgd", "binary_crossentropy")
    return model


SMALL: list[tuple[Callable[[], Any], Any]] = [
    (lambda: slices().shuffle(7).batch(8), X),
    (lambda: slices().filter(lambda x, y: y < 5).shuffle(7).batch(8), X),
    (lambda: slices().cache().shuffle(7, seed=3).map(doubled).batch(8).prefetch(1), 2 * X),
    (lambda: slices().shuffle(7).batch(8, num_parallel_calls=2).map(doubled, num_parallel_calls=2), 2 * X),
]


@pytest.mark.parametrize(("make", "x"), SMALL)
def test_what_a_small_buffer_mixes_stands_in_the_order_before_it_and_the_recipe_is_told(
    make: Callable[[], Any], x: Any
) -> None:
    data = TensorFlowDataset(make())
    np.testing.assert_array_equal(data.arrays().x_train, x)
    np.testing.assert_array_equal(data.arrays().y_train, Y)
    assert (data.batch_size, data.shuffled, data.shuffle_buffer_size) == (8, True, 7)
    assert KerasRecipe(compiled, data, shuffle_buffer_size=7).shuffle_buffer_size == 7
    for size in (None, 20):
        with pytest.raises(InvalidValue, match="7, as the data are shuffled; shuffle_buffer_size=data"):
            KerasRecipe(compiled, data, shuffle_buffer_size=size)


def test_a_folder_of_images_is_read_as_fit_would_read_it(tmp_path: Path) -> None:
    tf, keras = nnspec.tensorflow()
    for number, pixels in enumerate(np.random.default_rng(0).integers(0, 256, (10, 6, 6, 3), np.uint8)):
        file = tmp_path / "ab"[number % 2] / f"{number}.png"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(tf.io.encode_png(pixels).numpy())
    options: Any = {"image_size": (4, 4), "batch_size": 4, "verbose": False}
    given = keras.utils.image_dataset_from_directory(tmp_path, seed=1, **options)
    scaled = given.map(lambda x, y: (x / 255, y)).cache().prefetch(1)
    plain = keras.utils.image_dataset_from_directory(tmp_path, shuffle=False, **options)
    with pytest.raises(InvalidValue, match=r"put cache.* before shuffle"):
        TensorFlowDataset(scaled)
    read, ordered = TensorFlowDataset(given), TensorFlowDataset(plain)
    assert (read.shuffled, read.shuffle_buffer_size, ordered.shuffled) == (True, None, False)
    assert read.arrays().x_train.shape == (10, 4, 4, 3)
    assert np.sort(read.arrays().x_train, None).tolist() == np.sort(ordered.arrays().x_train, None).tolist()
    assert ordered.arrays().y_train.tolist() == [0] * 5 + [1] * 5


def test_records_in_several_files_are_read(tmp_path: Path) -> None:
    tf, _ = nnspec.tensorflow()
    files = [str(tmp_path / f"{half}.tfrecord") for half in range(2)]
    for half, file in enumerate(files):
        with tf.io.TFRecordWriter(file) as writer:
            for place in range(10 * half, 10 * half + 10):
                writer.write(tf.io.serialize_tensor(np.append(X[place], Y[place]).astype(np.float32)).numpy())

    def parsed(record: Any) -> Any:
        row = tf.ensure_shape(tf.io.parse_tensor(record, tf.float32), (3,))
        return row[:2], tf.cast(row[2], tf.int64)

    records = tf.data.Dataset.from_tensor_slices(files).interleave(tf.data.TFRecordDataset, cycle_length=1)
    data = TensorFlowDataset(records.map(parsed).shuffle(7).batch(8))
    np.testing.assert_array_equal(data.arrays().x_train, X)
    np.testing.assert_array_equal(data.arrays().y_train, Y)
    assert data.shuffle_buffer_size == 7


def test_what_mixes_all_examples_takes_no_data_that_are_mixed_with_a_small_buffer() -> None:
    data = TensorFlowDataset(slices().shuffle(7).batch(8))
    with pytest.raises(InvalidValue, match=r"a buffer of 7.*a KerasRecipe takes"):
        Recipe(data, [Dense(1, "sigmoid")], "binary_crossentropy", Adam(), 1)
    with pytest.raises(InvalidValue, match=r"a buffer of 7.*TensorFlowDataset itself"):
        FunctionDataset(lambda: data).arrays()
