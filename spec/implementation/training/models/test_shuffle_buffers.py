"""Examples that are mixed with a buffer are given as `tf.data` gives them, by whichever engine."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import chi2_contingency

from nnspec import Arrays, InvalidValue, KerasRecipe, train
from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.recipes.identity import identity
from nnspec.recipes.script import keras_script
from nnspec.training.models.buffered import BufferedShuffles
from nnspec.training.models.orders import Orders

EXAMPLES, EPOCHS = 12, 4000
X = np.arange(24.0).reshape(EXAMPLES, 2) / 24
DATA = Arrays(X, np.arange(EXAMPLES) % 2)
ONE_IN_100_000 = 1e-5


def learning() -> Any:
    import keras

    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, "sigmoid")])
    model.compile(keras.optimizers.SGD(0.5), "binary_crossentropy", metrics=["accuracy"])
    return model


RECIPE = KerasRecipe(learning, DATA, epochs=3, batch_size=4, shuffle_buffer_size=3)


def counts(orders: Any) -> Any:
    """Return how often each example stood at each place."""
    found = np.zeros((EXAMPLES, EXAMPLES))
    for order in orders:
        found[np.arange(EXAMPLES), order] += 1
    return found


@pytest.mark.parametrize("size", [1, 2, 5, EXAMPLES, 100])
def test_each_example_stands_at_each_place_as_often_as_tensorflow_has_it_there(size: int) -> None:
    tf, _ = tensorflow()
    given = tf.data.Dataset.range(EXAMPLES).shuffle(size, seed=1).repeat(EPOCHS).batch(EXAMPLES)
    theirs = counts(given.as_numpy_iterator())
    ours = counts(BufferedShuffles(1, EXAMPLES, size).epochs(EPOCHS))
    for place in range(EXAMPLES):
        there = (theirs[place] + ours[place]) > 0
        tables = np.stack([theirs[place][there], ours[place][there]])
        assert there.sum() == 1 or chi2_contingency(tables).pvalue > ONE_IN_100_000


def test_another_buffer_is_told_apart() -> None:
    one, other = (counts(BufferedShuffles(1, EXAMPLES, size).epochs(EPOCHS)) for size in (5, 6))
    there = (one[6] + other[6]) > 0
    assert chi2_contingency(np.stack([one[6][there], other[6][there]])).pvalue < ONE_IN_100_000


def test_a_seed_has_its_own_orders_new_in_every_epoch() -> None:
    first, again, other = (Orders(RECIPE, seed, EXAMPLES) for seed in (0, 0, 1))
    orders = [first.next().tolist() for _ in range(3)]
    assert [again.next().tolist() for _ in range(3)] == orders
    assert other.next().tolist() != orders[0]
    assert len({tuple(one) for one in orders}) == 3


def test_both_engines_train_in_these_orders_which_are_not_those_of_all_examples() -> None:
    vectorised, keras = (train(RECIPE, [0, 1], engine) for engine in ("vectorised", "keras"))
    whole = train(RECIPE.with_(shuffle_buffer_size=None), [0, 1], "keras")
    np.testing.assert_allclose(vectorised.weights[0], keras.weights[0], atol=1e-6)
    assert np.abs(whole.weights[0] - keras.weights[0]).max() > 1e-4


def test_the_buffer_belongs_to_the_identity_and_stands_in_the_script() -> None:
    whole = RECIPE.with_(shuffle_buffer_size=None)
    assert len({identity(one) for one in (RECIPE, whole, RECIPE.with_(shuffle_buffer_size=4))}) == 3
    assert "from_tensor_slices((x_train, y_train)).shuffle(3).batch(4)," in keras_script(RECIPE)
    assert "import tensorflow as tf" in keras_script(RECIPE)
    assert "tensorflow" not in keras_script(whole)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"shuffle_buffer_size": 0}, "shuffle_buffer_size=0"),
        ({"shuffle_buffer_size": 2.5}, "shuffle_buffer_size=2.5"),
        ({"shuffle": False}, "none beside shuffle=False"),
        ({"validation_split": 0.5}, "none beside validation_split"),
        ({"sample_weight": np.ones(EXAMPLES)}, "none beside sample_weight"),
        ({"steps_per_epoch": 2}, "none beside steps_per_epoch"),
    ],
)
def test_what_a_buffer_does_not_go_with_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidValue, match=message):
        RECIPE.with_(**given)
