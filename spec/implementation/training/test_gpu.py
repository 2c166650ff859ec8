"""The stacked engine on a GPU gives what it gives on the processor; skipped where TensorFlow sees no GPU."""

import os
import pickle
import subprocess
import sys

import numpy as np
import pytest

from nnspec import Adam, Circles, Dense, Digits, Dropout, Flatten, Recipe, train
from nnspec.machine.tensorflow_setup import tensorflow

pytestmark = pytest.mark.gpu

PLANE = Recipe(
    Circles(200, noise=0.03, random_state=42),
    [Dense(4, "relu"), Dense(4, "relu"), Dense(1, "sigmoid")],
    "binary_crossentropy",
    Adam(0.01),
    epochs=3,
)
IMAGES = Recipe(
    Digits(),
    [Flatten(), Dense(32, "relu"), Dropout(0.2), Dense(10, "softmax")],
    "sparse_categorical_crossentropy",
    Adam(0.001),
    epochs=1,
)
TOLERANCE = {"rtol": 1e-4, "atol": 1e-5}  # of single precision, added up in another order for 20 to 50 steps
ON_THE_PROCESSOR = """
import pickle, sys
from nnspec import train
runs = train(*pickle.load(sys.stdin.buffer))
pickle.dump((runs.history, runs.metrics, runs.weights), sys.stdout.buffer)
"""


@pytest.fixture(autouse=True)
def gpu():
    tf, _ = tensorflow()
    if not tf.config.list_physical_devices("GPU"):
        pytest.skip("TensorFlow sees no GPU; pip install -e '.[test,gpu]' on a machine that has one")
    tf.config.experimental.enable_tensor_float_32_execution(False)


def on_the_processor(recipe, seeds):
    """Return history, metrics and weights from a process that sees no GPU."""
    done = subprocess.run(  # noqa: S603  # our own interpreter and code
        [sys.executable, "-c", ON_THE_PROCESSOR],
        input=pickle.dumps((recipe, seeds)),
        stdout=subprocess.PIPE,
        env=os.environ | {"CUDA_VISIBLE_DEVICES": "-1"},
        check=True,
    )
    return pickle.loads(done.stdout)  # noqa: S301  # from our own process


@pytest.mark.parametrize("recipe", [PLANE, IMAGES], ids=["seeds last", "seeds first, with dropout"])
def test_from_equal_weights_and_order_a_gpu_gives_the_same(recipe):
    history, metrics, weights = on_the_processor(recipe, range(8))
    runs = train(recipe, range(8))
    assert runs.provenance["engine"] == "stacked"
    np.testing.assert_allclose(runs.history["loss"], history["loss"], **TOLERANCE)
    np.testing.assert_allclose(runs.loss, metrics["loss"], **TOLERANCE)
    for found, expected in zip(runs.weights, weights, strict=True):
        np.testing.assert_allclose(found, expected, **TOLERANCE)


def test_another_learning_rate_is_noticed():
    _, _, weights = on_the_processor(PLANE.with_(optimizer=Adam(0.0101)), range(8))
    with pytest.raises(AssertionError):
        np.testing.assert_allclose(train(PLANE, range(8)).weights[0], weights[0], **TOLERANCE)


def test_after_many_epochs_the_seeds_are_distributed_alike():
    from scipy.stats import ks_2samp

    recipe = PLANE.with_epochs(100)
    _, metrics, _ = on_the_processor(recipe, range(256))
    assert ks_2samp(train(recipe, range(256, 512)).accuracy, metrics["accuracy"]).pvalue > 1e-4
