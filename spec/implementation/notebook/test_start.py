"""A model begins fresh, goes on, begins with weights of an earlier fit, or with what nobody here trained."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnspec.notebook.inside.start import transfer_of
from spec.implementation.notebook.kernel_bench import Bench, X, Y


def features(bench: Bench, base: Any) -> Any:
    """Return a new head on the last hidden layer."""
    out = bench.keras.layers.Dense(1, name="head")(base.layers[-2].output)
    return bench.keras.Model(base.inputs, out)


def layers_again(bench: Bench, base: Any) -> Any:
    return bench.keras.Sequential([base.layers[0], bench.keras.layers.Dense(1)])  # not built yet


def a_part_of_it(bench: Bench, base: Any) -> Any:
    inner = bench.keras.Model(base.inputs, base.layers[-2].output)
    inner.trainable = False
    return bench.keras.Sequential([inner, bench.keras.layers.Dense(1)])


def clone(bench: Bench, base: Any) -> Any:
    model = bench.keras.models.clone_model(base)
    model.set_weights(base.get_weights())
    return model


def clone_without_last(bench: Bench, base: Any) -> Any:
    return layers_again(bench, clone(bench, base))


def layer_by_layer(bench: Bench, base: Any) -> Any:
    model = bench.build()
    model.layers[0].set_weights(base.layers[0].get_weights())
    return model


@pytest.mark.parametrize(
    ("make", "places"),
    [
        (features, [0, 1, None, None]),
        (layers_again, [0, 1, None, None]),
        (a_part_of_it, [0, 1, None, None]),
        (clone, [0, 1, 2, 3]),
        (clone_without_last, [0, 1, None, None]),
        (layer_by_layer, [0, 1, None, None]),
    ],
)
def test_a_new_model_knows_which_weights_of_an_earlier_fit_it_has(
    bench: Bench, make: Callable[[Bench, Any], Any], places: list[int | None]
) -> None:
    bench.fitted()
    base = bench.fitted()
    model = make(bench, base)
    model.compile("sgd", "mse")
    start, found = bench.started.of(model)
    assert (start["initial"], start["after"], start["why"]) == ("transferred", 1, "")
    bench.fit(model)
    assert transfer_of(model, found) == places


def test_weights_from_a_file_are_those_of_the_fit_that_wrote_them(bench: Bench, tmp_path: Path) -> None:
    base = bench.fitted()
    base.save(tmp_path / "model.keras")
    base.save_weights(tmp_path / "model.weights.h5")
    loaded = bench.keras.models.load_model(tmp_path / "model.keras")
    assert bench.started.of(loaded)[0]["why"] == "its optimizer has made steps before"  # which came along
    filled = bench.keras.models.clone_model(base)
    filled.load_weights(tmp_path / "model.weights.h5")
    for model in (loaded, filled):
        model.compile("adam", "mse")
        start, places = bench.started.of(model)
        assert (start["initial"], start["after"]) == ("transferred", 0)
        assert transfer_of(model, places) == [0, 1, 2, 3]


def test_a_bias_that_never_learned_comes_along_with_its_layer(bench: Bench) -> None:
    base = bench.build()
    base.layers[0].bias.trainable = False  # stays zero, as the bias of a dead unit does
    base.compile("adam", "mse")
    bench.fit(base)
    model = clone_without_last(bench, base)
    model.compile("adam", "mse")
    start, places = bench.started.of(model)
    assert start["after"] == 0
    model.build((None, 2))
    assert transfer_of(model, places) == [0, 1, None, None]


def test_what_is_built_of_layers_that_never_learned_is_fresh(bench: Bench) -> None:
    base = bench.build()
    base.layers[0].trainable = False
    base.compile("adam", "mse")
    bench.fit(base)
    model = layers_again(bench, base)
    model.compile("adam", "mse")
    assert bench.started.of(model)[0]["initial"] == "fresh"


def test_a_model_that_was_set_back_is_fresh_again_with_a_new_optimizer_alone(bench: Bench) -> None:
    model = bench.build()
    first = model.get_weights()
    bench.fit(model)
    model.set_weights(first)
    start, _ = bench.started.of(model)
    assert (start["initial"], start["weights"]) == ("continued", "changed")
    model.compile("adam", "mse")
    assert bench.started.of(model)[0]["initial"] == "fresh"


def by_hand(bench: Bench) -> Any:
    """Return a model without a bias that steps outside of `fit` have trained."""
    model = bench.build(bias=False)
    model.train_on_batch(X, Y)
    model.compile("adam", "mse")
    return model


def set_without_a_bias(bench: Bench) -> Any:
    model = bench.keras.Sequential([bench.keras.Input((2,)), bench.keras.layers.Dense(1, use_bias=False)])
    model.set_weights([np.ones((2, 1))])
    return model


def words_from_outside(bench: Bench) -> Any:
    layers = bench.keras.layers
    return bench.keras.Sequential([layers.Embedding(5, 2, weights=[np.ones((5, 2))]), layers.Flatten()])


def of_two_fits(bench: Bench) -> Any:
    one, other = bench.fitted(), bench.fitted()
    return bench.keras.Sequential([one.layers[0], other.layers[1]])


def after_steps(bench: Bench) -> Any:
    model = bench.build()
    model.optimizer.iterations.assign(7)
    return model


def of_words(bench: Bench) -> Any:
    layers = bench.keras.layers
    return bench.keras.Sequential([layers.StringLookup(vocabulary=["a"]), layers.Embedding(3, 2)])


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (by_hand, "the kernel of its layer hidden was loaded or set"),
        (set_without_a_bias, "was loaded or set"),
        (words_from_outside, "the embeddings of its layer embedding"),
        (of_two_fits, "its weights are of several fits, 0, 1"),
        (after_steps, "its optimizer has made steps before"),
        (of_words, "may have been adapted to data"),
    ],
)
def test_what_no_fit_explains_is_told(bench: Bench, make: Callable[[Bench], Any], why: str) -> None:
    model = make(bench)
    start, places = bench.started.of(model)
    assert (start["initial"], start["after"], places) == ("other", None, {})
    assert why in start["why"]


def test_a_fit_that_failed_half_way_leaves_no_fresh_model(bench: Bench) -> None:
    model, other = bench.build(), bench.build()
    model.train_on_batch(X, Y)
    bench.started.broken(model, 3)
    bench.started.broken(other, 4)  # before its first step
    model.compile("adam", "mse")
    assert bench.started.of(model)[0]["why"] == "fit 3 trained it and did not end"
    assert bench.started.of(other)[0]["initial"] == "fresh"


def test_a_model_goes_on_while_its_weights_are_those_at_the_end_of_its_fit(bench: Bench) -> None:
    layer = bench.keras.layers.Normalization()
    layer.adapt(X)
    model = bench.keras.Sequential([layer, bench.keras.layers.Dense(1)])
    model.compile("adam", "mse")
    assert bench.started.of(model)[0]["initial"] == "fresh"  # what it was adapted to is no weight
    bench.fit(model)
    start, _ = bench.started.of(model)
    assert (start["initial"], start["after"], start["optimizer"]) == ("continued", 0, "kept")
    assert bench.started.evaluated(model) == (0, "kept")
    layer.adapt(X + 1)
    assert bench.started.evaluated(model) == (0, "changed")
    assert bench.started.of(model)[0]["weights"] == "changed"


def test_layers_that_another_model_has_trained_since_are_no_longer_those_of_their_fit(bench: Bench) -> None:
    base = bench.fitted()
    other = features(bench, base)
    other.compile("adam", "mse")
    bench.fit(other)
    assert bench.started.evaluated(base) == (0, "changed")
    start, _ = bench.started.of(base)
    assert (start["initial"], start["weights"]) == ("continued", "changed")
