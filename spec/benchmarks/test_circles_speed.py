"""Circles, 4-4-1, 100 epochs: what a seed costs here and by five others, each in rounds taken in turn."""

from functools import partial

import pytest

from spec.benchmarks.comparison import compare
from spec.benchmarks.interleaved import Contender
from spec.benchmarks.peers.jax_vmap import JaxVmap
from spec.benchmarks.peers.keras_fit import KerasFit, KerasFitAnew
from spec.benchmarks.peers.sklearn_mlp import SklearnMLP
from spec.benchmarks.peers.stacked import Stacked
from spec.benchmarks.peers.torch_loop import TorchLoop
from spec.benchmarks.sizes import SIZE
from spec.documents.tf_classification.recipes import MODEL_7

pytestmark = pytest.mark.speed

RECIPE = MODEL_7.with_epochs(SIZE.circles_epochs)
SEEDS = SIZE.circles_seeds
PEERS = {
    "model.fit": partial(KerasFit, RECIPE),
    "model.fit, traced for every seed": partial(KerasFitAnew, RECIPE),
    "MLPClassifier": partial(SklearnMLP, RECIPE),
    "PyTorch loop": partial(TorchLoop, RECIPE),
    "JAX vmap": partial(JaxVmap, RECIPE, SIZE.jax_seeds),
    "JAX vmap, shuffles precomputed": partial(JaxVmap, RECIPE, SIZE.jax_seeds, precomputed=True),
}
MODULES = {"PyTorch loop": "torch", "JAX vmap": "jax", "JAX vmap, shuffles precomputed": "jax"}


@pytest.fixture(scope="module")
def ours():
    with Contender(partial(Stacked, RECIPE, SEEDS)) as contender:
        yield contender


@pytest.mark.parametrize("peer", PEERS)
def test_a_seed_of_the_circles_is_cheaper_stacked_than_by(benchmark, ours, peer, installed):
    installed(MODULES.get(peer))
    with Contender(PEERS[peer]) as theirs:
        group = f"circles 4-4-1, {RECIPE.epochs} epochs, {SEEDS} seeds"
        ratios = compare(benchmark, ours, theirs, group=group, peer=peer)
    assert all(ratio > 0 for ratio in ratios)
