"""Both engines are the same training: step by step from equal weights and order."""

import numpy as np
import pytest

from nnspec import SGD, BatchNormalization, Dense, Dropout, Flatten, Recipe, StraightLine, train
from nnspec.training.stacked import engine as stacked
from nnspec.training.stacked import program as stacked_program
from spec.implementation.training.apart import training_apart
from spec.implementation.training.parity_samples import ADAM, RECIPES, OwnImages, binary

SEEDS = [0, 1, 7]
COMPARED = 1  # the position of the seed that `model.fit` trains too, which takes seconds for each


# programs as they are in use, which other tests here need too; of the others, each of a kind of its own, two
# thirds of the time would go into making them fast
IN_USE = ("relu and sigmoid", "images, large kernel", "bags of words")


@pytest.fixture(scope="module")
def apart():
    with training_apart() as trained:
        yield trained


@pytest.mark.parametrize("name", RECIPES)
def test_engines_agree_step_by_step_from_the_same_weights_and_order(name, apart):
    """Losses, metrics and weights of the first three epochs, within what float32 round-off can grow to.

    The engines add the same numbers in another order: about 1e-7 relative for each sum. Over the few
    dozen steps here that grows to some 1e-5, tenfold where a loss divides by a small probability;
    accuracies may differ by one example whose output is within round-off of the threshold.
    """
    recipe, trained = RECIPES[name], train if name in IN_USE else apart
    found = trained(recipe, SEEDS)
    assert found.provenance["engine"] == "stacked"
    expected = trained(recipe, [SEEDS[COMPARED]], "keras")
    data = recipe.data.arrays()
    examples = {"": len(data.x_train), "val_": len(data.x_test), "test_": len(data.x_test)}

    def check(key, ours, theirs):
        part = next(prefix for prefix in ("val_", "test_", "") if key.startswith(prefix))
        one_example = 1.01 / examples[part] if "accuracy" in key else 0.0
        assert np.all(abs(ours - theirs) <= 2e-5 + 1e-4 * abs(theirs) + one_example), key

    assert set(found.history) == set(expected.history)
    for key, (theirs,) in expected.history.items():
        check(key, found.history[key][COMPARED], theirs)
    for ours, theirs in zip(found.weights, expected.weights, strict=True):
        np.testing.assert_allclose(ours[COMPARED], theirs[0], rtol=1e-3, atol=1e-4)
    assert set(found.metrics) == set(expected.metrics)
    for key, (theirs,) in expected.metrics.items():
        check(key, found.metrics[key][COMPARED], theirs)


def test_another_shuffling_or_learning_rate_is_noticed():
    """The tolerances are tight: another seed differs by ten of them, a rate wrong by a tenth by five."""
    recipe = RECIPES["relu and sigmoid"]
    first, second = train(recipe, [0, 1]).history["loss"][:, -1]
    other_rate = train(recipe.with_learning_rate(0.011), [0]).history["loss"][0, -1]
    tolerance = 2e-5 + 1e-4 * first
    assert abs(first - second) > 10 * tolerance
    assert abs(first - other_rate) > 5 * tolerance


def test_a_seed_gives_the_same_bits_alone_and_among_others():
    for name in IN_USE:
        recipe = RECIPES[name]
        many = train(recipe, range(2 * stacked.block_size(recipe)))
        chosen = [stacked.block_size(recipe) + 3, 5]
        few = train(recipe, chosen)
        for ours, theirs in zip(few.weights, many.weights, strict=True):
            np.testing.assert_array_equal(ours, theirs[chosen])
        for key in few.history:
            np.testing.assert_array_equal(few.history[key], many.history[key][chosen])


@pytest.mark.parametrize("name", IN_USE)
def test_another_block_size_changes_nothing_but_round_off(name, monkeypatch):
    recipe = RECIPES[name]
    usual = train(recipe, range(6))
    monkeypatch.setattr(stacked, "block_size", lambda _: 3)
    others = train(recipe, range(6))
    for key in ("loss", "accuracy"):
        np.testing.assert_allclose(others.history[key], usual.history[key], rtol=1e-4, atol=2e-5)
    for ours, theirs in zip(others.weights, usual.weights, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("name", ["images, large kernel", "bags of words"])
def test_an_evaluation_in_pieces_is_that_of_all_examples_at_once(monkeypatch, name):
    recipe = RECIPES[name].with_epochs(1)
    whole = train(recipe, [3]).metrics
    # 200 images in six pieces, 70 bags in ten
    monkeypatch.setattr(stacked_program, "_VALUES_AT_A_TIME", 64 * 37)
    stacked._program.cache_clear()
    pieces = train(recipe, [3]).metrics
    stacked._program.cache_clear()
    for name, values in whole.items():
        # float32 sums of 200 numbers in another order
        np.testing.assert_allclose(pieces[name], values, rtol=2e-6)


def test_evaluations_drop_nothing():
    recipe = binary([Dense(8, "relu"), Dropout(0.5), Dense(1, "sigmoid")])
    runs, data = train(recipe, SEEDS), recipe.data.arrays()
    for prefix, (x, y) in {"": data.part("train"), "test_": data.part("test")}.items():
        outputs = runs.predict(x)[..., 0]  # by NumPy, which knows no dropout
        losses = -np.log(np.where(y == 1, outputs, 1 - outputs))
        np.testing.assert_allclose(runs.metrics[prefix + "loss"], losses.mean(axis=1), rtol=1e-4)
    np.testing.assert_allclose(runs.history["val_loss"][:, -1], runs.metrics["test_loss"], rtol=1e-6)


def test_inputs_of_whole_numbers_train_as_floats_do():
    bits = OwnImages()
    floats = OwnImages(whole=False)
    assert bits.arrays().x_train.dtype == np.uint8
    recipe = Recipe(bits, [Flatten(), Dense(20, "relu"), Dense(1, "sigmoid")], "binary_crossentropy", ADAM, 2)
    for engine in ("stacked", "keras"):
        ours, theirs = (train(recipe.with_(data=data), [0], engine).weights for data in (bits, floats))
        for of_bits, of_floats in zip(ours, theirs, strict=True):
            np.testing.assert_array_equal(of_bits, of_floats)


def test_a_seed_that_diverges_is_marked_and_disturbs_no_other():
    """Steps that are far too large overflow for the seeds whose outputs start large, and only for those."""
    recipe = Recipe(StraightLine(), [Dense(3), Dense(3), Dense(1)], "mse", SGD(1e-6), epochs=5, metrics=[])
    runs = train(recipe, range(32))
    assert 0 < runs.diverged.sum() < 32
    calm = int(np.flatnonzero(~runs.diverged)[0])
    alone = train(recipe, [calm])
    np.testing.assert_array_equal(alone.history["loss"][0], runs.history["loss"][calm])


def test_an_unsupported_layer_goes_to_the_keras_engine_and_the_runs_say_so():
    recipe = binary([Dense(4, "relu"), BatchNormalization(), Dense(1, "sigmoid")]).with_epochs(1)
    runs = train(recipe, [3])
    assert runs.provenance["engine"] == "keras"
    assert "BatchNormalization" in runs.provenance["why keras"]
    assert np.isfinite(runs.history["loss"]).all()
