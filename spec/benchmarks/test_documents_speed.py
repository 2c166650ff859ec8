"""Networks of the documents: what a seed and epoch costs here and by `model.fit`, in rounds taken in turn.

Both sides are stated per seed and epoch, so that `model.fit` may train fewer epochs where one seed
would take minutes. Our time holds everything that `train` does, so also the evaluation of all parts at
the end, and that of `fit` does not: the ratios are on the side of `fit`. What they are with `evaluate`
on the other side too, and, where an epoch is all that is trained, without evaluation on either side,
is kept as `ratios_with_evaluation` and `ratios_of_a_further_epoch`.
"""

from dataclasses import dataclass
from functools import partial

import pytest

from nnspec import Recipe
from spec.benchmarks.comparison import compare
from spec.benchmarks.interleaved import Contender
from spec.benchmarks.peers.keras_fit import KerasFit
from spec.benchmarks.peers.stacked import Stacked
from spec.benchmarks.sizes import SIZE
from spec.documents.artificial_neural_networks import recipes as moons
from spec.documents.artificial_neural_networks.text_recipes import LARGE
from spec.documents.deeper_networks.recipes import HIDDEN_10_10
from spec.documents.multilayer_perceptrons.recipes import PLAIN_TODAY
from spec.documents.tf_classification.fashion_recipes import MODEL_12

pytestmark = pytest.mark.speed


@dataclass(frozen=True)
class Work:
    """A recipe, how many seeds are trained at once, and for how many epochs `model.fit` trains it."""

    recipe: Recipe
    seeds: int
    their_epochs: int


MOONS = {
    "moons 2-50-1": moons.SIZES[50],
    "moons 2-50-1 with dropout": moons.WITH_DROPOUT,
}
WORK = {
    "Gaussian quantiles 2-10-10-1": Work(
        HIDDEN_10_10.with_epochs(SIZE.quantiles_epochs), SIZE.quantiles_seeds, SIZE.their_quantiles_epochs
    ),
    **{
        name: Work(recipe.with_epochs(SIZE.moons_epochs), SIZE.moons_seeds, SIZE.their_moons_epochs)
        for name, recipe in MOONS.items()
    },
    "Fashion-MNIST 784-4-4-10": Work(MODEL_12.with_epochs(1), SIZE.small_images_seeds, 1),
    "Fashion-MNIST 784-128-10": Work(PLAIN_TODAY.with_epochs(1), SIZE.images_seeds, 1),
    "IMDB 10000-16-16-1": Work(LARGE.with_epochs(1), SIZE.reviews_seeds, 1),
}


@pytest.mark.parametrize("name", WORK)
def test_a_seed_and_epoch_is_cheaper_stacked_than_by_fit(benchmark, name, present):
    work = WORK[name]
    present(work.recipe)
    epochs = work.recipe.epochs
    group = f"{name}, {epochs} epoch{'s' if epochs > 1 else ''}, {work.seeds} seeds"
    stacked = partial(Stacked, work.recipe, work.seeds, further_epoch=epochs == 1)
    fitted = work.recipe.with_epochs(work.their_epochs)
    with Contender(stacked) as ours, Contender(partial(KerasFit, fitted)) as theirs:
        unit = "seconds per seed and epoch"
        compare(benchmark, ours, theirs, group=group, peer="model.fit", unit=unit)
    assert all(seconds > 0 for seconds in benchmark.extra_info["ours"])
