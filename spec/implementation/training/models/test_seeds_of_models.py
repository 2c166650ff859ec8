"""What one seed gives depends on recipe and seed alone, and each has its own weights and callbacks."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnspec import Arrays, InvalidValue, train
from nnspec.runs.runs import concatenate
from nnspec.store.store import Store
from nnspec.training.cost import cost_level
from nnspec.training.vectorised.beside import beside
from nnspec.training.vectorised.engine import block_size
from spec.folders import ROOT
from spec.implementation.training.models.parity_models import VECTORS, compiled, of_model


def random_layers(k: Any, rate: float = 0.5, seed: int | None = None) -> Any:
    initializer = k.initializers.GlorotUniform(seed=seed)
    hidden = k.layers.Dense(6, "relu", kernel_initializer=initializer)
    model = k.Sequential(
        [k.Input((8,)), hidden, k.layers.Dropout(rate, seed=seed), k.layers.Dense(1, "sigmoid")]
    )
    model.compile(k.optimizers.Adam(0.05), "binary_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model


RANDOM = of_model(random_layers, VECTORS)
FIXED = of_model(lambda k: random_layers(k, seed=7), VECTORS)


def test_a_seed_gives_the_same_bits_alone_and_among_others() -> None:
    many, few = train(RANDOM, range(40)), train(RANDOM, [35, 3])
    for ours, theirs in zip(few.weights, many.weights, strict=True):
        np.testing.assert_array_equal(ours, theirs[[35, 3]])
    for name in few.history:
        np.testing.assert_array_equal(few.history[name], many.history[name][[35, 3]])


@pytest.mark.parametrize(("shape", "epochs", "seeds"), [((2000, 28, 28), 1, 4), ((10_000, 2), 40, 32)])
def test_what_is_trained_in_turn_has_small_blocks_so_that_few_seeds_occupy_all_cores(
    shape: tuple[int, ...], epochs: int, seeds: int
) -> None:
    data = Arrays(np.zeros(shape, np.float32), np.arange(shape[0]) % 2)
    recipe = of_model(random_layers, data).with_epochs(epochs)
    assert cost_level(recipe) == 1
    assert block_size(recipe) == seeds


def test_seeds_that_the_function_fixes_are_replaced_and_the_runs_say_so() -> None:
    free, fixed = train(RANDOM, [0, 1]), train(FIXED, [0, 1])
    assert "seeds" not in free.provenance
    assert "replaced" in fixed.provenance["seeds"]
    for ours, theirs in zip(fixed.weights, free.weights, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert not np.array_equal(fixed.weights[0][0], fixed.weights[0][1])


def test_untrained_weights_are_those_of_the_initializer() -> None:
    kernels = train(RANDOM.with_epochs(0), range(64)).weights[0]
    limit = np.sqrt(6 / (8 + 6))  # Glorot and Bengio 2010
    assert abs(kernels).max() <= limit
    # of 3072 uniform numbers the mean is within five of its standard errors
    assert abs(kernels.mean()) < 5 * limit / np.sqrt(3 * kernels.size)


def test_each_seed_stops_on_its_own_and_its_last_epoch_is_its_own() -> None:
    def callbacks() -> list[Any]:
        import keras

        return [keras.callbacks.EarlyStopping("val_loss", patience=1), keras.callbacks.CSVLogger("never.csv")]

    runs = train(RANDOM.with_(callbacks=callbacks, epochs=12), range(32))
    epochs = runs.metrics["epochs"].astype(int)
    assert len(set(epochs)) > 1
    assert runs.provenance["left out"] == "CSVLogger"
    assert not Path("never.csv").exists()
    assert not runs.diverged.any()
    for seed, last in enumerate(epochs):
        assert np.isnan(runs.history["loss"][seed, last:]).all()
        assert runs.epoch("loss", -1)[seed] == runs.history["loss"][seed, last - 1]
    alone = train(RANDOM.with_(callbacks=callbacks, epochs=12), [9])
    np.testing.assert_array_equal(alone.history["loss"][0], runs.history["loss"][9])


def test_a_seed_that_diverges_is_marked() -> None:
    runs = train(compiled(1, None, "mse", lambda k: k.optimizers.SGD(1e20)), [0, 1])
    assert runs.diverged.all()


def test_outputs_are_those_of_the_final_weights_and_stored_runs_predict_alike(tmp_path: Path) -> None:
    found = train(RANDOM, [0, 1])
    x = VECTORS.x_test
    outputs = found.predict(x)
    assert outputs.shape == (2, 12, 1)
    accuracy = ((outputs[..., 0] > 0.5) == VECTORS.y_test).mean(axis=1)
    np.testing.assert_allclose(found.metrics["test_accuracy"], accuracy, atol=1e-6)
    store = Store(tmp_path)
    store.runs(RANDOM, [0, 1], "vectorised", lambda: found)
    read, was_there = store.runs(RANDOM, [0, 1], "vectorised", lambda: pytest.fail("it is stored"))
    assert was_there
    np.testing.assert_array_equal(read.predict(x), outputs)


def test_this_process_stays_free_of_jax_and_keras(tmp_path: Path) -> None:
    # in a process of its own: TensorFlow, which other tests import, imports JAX by itself where it finds it
    code = (
        "import sys; from nnspec import train;"
        "from spec.implementation.training.models.test_seeds_of_models import RANDOM;"
        "print(train(RANDOM.with_epochs(0), [0]).provenance['engine']);"
        "print(sorted({'keras', 'jax', 'tensorflow'} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), *sys.path]))}
    command = [sys.executable, "-c", code]
    found = subprocess.run(  # noqa: S603  # Python itself
        command, env=environment, capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert found.stdout.split("\n")[:2] == ["vectorised", "[]"]


def test_another_process_takes_the_place_of_one_that_ended() -> None:
    train(RANDOM, [0])
    beside.close()
    assert train(RANDOM, [0]).provenance["engine"] == "vectorised"


def test_runs_of_two_models_are_never_put_together() -> None:
    runs = train(RANDOM.with_epochs(0), [0])
    other = replace(runs, provenance={**runs.provenance, "model": "another"})
    with pytest.raises(InvalidValue, match="is another one each time"):
        concatenate([runs, other])


def test_epochs_are_counted_from_the_initial_epoch() -> None:
    runs = train(RANDOM.with_(epochs=5, initial_epoch=3), [0, 1])
    assert runs.history["loss"].shape == (2, 2)
    np.testing.assert_array_equal(runs.epoch("loss", 4), runs.history["loss"][:, 0])
    np.testing.assert_array_equal(runs.epoch("loss", -1), runs.epoch("loss", 5))
    with pytest.raises(InvalidValue, match="a whole number from 4 to 5"):
        runs.epoch("loss", 3)
