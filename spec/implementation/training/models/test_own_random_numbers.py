"""Random numbers that a function draws without Keras: each seed has its own, whatever the function fixes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nnspec import train
from spec.implementation.training.models.parity_models import VECTORS, of_model

SEEDS = [0, 1]


def compiled(k: Any, *layers: Any, loss: Any = "binary_crossentropy") -> Any:
    model = k.Sequential([k.Input((8,)), *layers, k.layers.Dense(1, "sigmoid", kernel_initializer="ones")])
    model.compile(k.optimizers.SGD(0.1), loss, metrics=["accuracy"], jit_compile=False)
    return model


def by_an_initializer(k: Any) -> Any:
    def drawn(shape: Any, dtype: Any = None) -> Any:
        return np.random.normal(size=shape)  # noqa: NPY002

    return compiled(k, k.layers.Dense(4, kernel_initializer=drawn))


def by_set_weights(k: Any) -> Any:
    model = compiled(k, k.layers.Dense(4))
    model.layers[0].set_weights([np.random.normal(size=(8, 4)), np.zeros(4)])  # noqa: NPY002
    return model


def after_a_seed(k: Any) -> Any:
    np.random.seed(0)  # noqa: NPY002
    return by_set_weights(k)


def after_keras_has_seeded_all(k: Any) -> Any:
    k.utils.set_random_seed(42)
    return by_set_weights(k)


def by_a_generator(k: Any) -> Any:
    model = compiled(k, k.layers.Dense(4))
    model.layers[0].set_weights([np.random.default_rng().normal(size=(8, 4)), np.zeros(4)])
    return model


def by_a_layer(k: Any) -> Any:
    class Noisy(k.layers.Layer):  # type: ignore[misc]
        def call(self, x: Any) -> Any:
            return x * np.random.normal(size=8).astype("float32")  # noqa: NPY002

    return compiled(k, Noisy())


DRAWING = [
    *(by_an_initializer, by_set_weights, after_a_seed, after_keras_has_seeded_all, by_a_generator),
    by_a_layer,
]


@pytest.mark.parametrize("function", DRAWING, ids=lambda one: one.__name__)
def test_numbers_that_are_not_of_keras_are_others_for_each_seed(function: Any) -> None:
    runs = train(of_model(function, VECTORS, epochs=1), SEEDS)
    assert "draws" in runs.provenance["why keras"]
    assert len(set(runs.history["loss"][:, 0])) == len(SEEDS)


def test_numbers_of_a_global_state_belong_to_the_seed() -> None:
    recipe = of_model(after_a_seed, VECTORS, epochs=0)
    both, alone = train(recipe, SEEDS), train(recipe, SEEDS[1:])
    np.testing.assert_array_equal(both.weights[0][1], alone.weights[0][0])
    assert "replaced" in both.provenance["seeds"]


def test_noise_of_tensorflow_belongs_to_the_seed_whatever_the_function_fixes() -> None:
    def noisy(k: Any) -> Any:
        import tensorflow as tf

        class Noisy(k.layers.Layer):  # type: ignore[misc]
            def call(self, x: Any) -> Any:
                return x * tf.random.normal(tf.shape(x))

        tf.random.set_seed(42)
        return compiled(k, Noisy())

    runs, again = (train(of_model(noisy, VECTORS, epochs=1), SEEDS, "keras") for _ in range(2))
    assert len(set(runs.history["loss"][:, 0])) == len(SEEDS)
    np.testing.assert_array_equal(runs.history["loss"], again.history["loss"])


def test_weights_that_a_function_sets_by_a_rule_are_those_of_all_seeds() -> None:
    def ruled(k: Any) -> Any:
        model = compiled(k, k.layers.Dense(4))
        model.layers[0].set_weights([np.eye(8, 4), np.zeros(4)])
        return model

    runs = train(of_model(ruled, VECTORS, epochs=0), SEEDS)
    assert runs.provenance["engine"] == "vectorised"
    np.testing.assert_array_equal(runs.weights[0], [np.eye(8, 4)] * 2)
