"""Seeds a second on a GPU against the processor of the same machine; skipped where there is no GPU to see."""

import os
from functools import partial

import pytest

from nnspec import KerasRecipe
from spec.benchmarks.comparison import compare
from spec.benchmarks.interleaved import Contender
from spec.benchmarks.peers.function_fit import Vectorised
from spec.benchmarks.peers.stacked import Stacked
from spec.benchmarks.sizes import SIZE
from spec.benchmarks.test_models_speed import WORK as FUNCTIONS
from spec.benchmarks.test_models_speed import classifier
from spec.documents.multilayer_perceptrons.recipes import PLAIN_TODAY
from spec.documents.tf_classification.recipes import MODEL_7

pytestmark = [pytest.mark.speed, pytest.mark.gpu]

WORK = {
    "circles 4-4-1": (MODEL_7.with_epochs(SIZE.circles_epochs), SIZE.circles_seeds),
    "Fashion-MNIST 784-128-10": (PLAIN_TODAY.with_epochs(1), SIZE.images_seeds),
}


class OnTheProcessor(Stacked):
    """The stacked engine in a process that sees no GPU, on all cores."""

    def __init__(self, *arguments, **keywords):
        os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
        super().__init__(*arguments, **keywords)


@pytest.mark.parametrize("name", WORK)
def test_a_seed_on_a_gpu(benchmark, name, present):
    from nnspec.machine.tensorflow_setup import tensorflow

    if not tensorflow()[0].config.list_physical_devices("GPU"):
        pytest.skip("TensorFlow sees no GPU; pip install -e '.[test,gpu]' on a machine that has one")
    recipe, seeds = WORK[name]
    present(recipe)
    on_gpu, on_processor = (
        partial(Stacked, recipe, seeds, in_process=True),
        partial(OnTheProcessor, recipe, seeds),
    )
    with Contender(on_gpu) as ours, Contender(on_processor) as theirs:
        group = f"GPU, {name}, {recipe.epochs} epoch{'s' * (recipe.epochs > 1)}, {seeds} seeds"
        ratios = compare(benchmark, ours, theirs, group=group, peer="the processor of the machine")
    assert all(ratio > 0 for ratio in ratios)


class VectorisedOnTheProcessor(Vectorised):
    """The vectorised engine in a process whose JAX sees no GPU, on all cores."""

    def __init__(self, *arguments, **keywords):
        os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
        super().__init__(*arguments, **keywords)


@pytest.mark.parametrize("kind", FUNCTIONS)
def test_a_seed_of_a_function_on_a_gpu(benchmark, kind, present):
    from nnspec.training.vectorised.beside import beside

    if beside.ask("platform") != "gpu":
        pytest.skip("JAX sees no GPU; pip install -e '.[test,gpu]' on a machine that has one")
    work = FUNCTIONS[kind]
    fit = {"epochs": work.epochs, "batch_size": work.batch_size, "arguments": {"kind": kind}}
    recipe = KerasRecipe(classifier, work.data, **fit)
    present(recipe)
    on_gpu = partial(Vectorised, recipe, work.seeds, in_process=True)
    on_processor = partial(VectorisedOnTheProcessor, recipe, work.seeds)
    with Contender(on_gpu) as ours, Contender(on_processor) as theirs:
        group = f"GPU, model {kind}, {work.epochs} epochs, {work.seeds} seeds"
        ratios = compare(benchmark, ours, theirs, group=group, peer="the processor of the machine")
    assert all(ratio > 0 for ratio in ratios)
