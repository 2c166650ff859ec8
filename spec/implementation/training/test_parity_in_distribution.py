"""Both engines are the same training in distribution, each with its own shuffles, masks and seeds."""

import functools
from dataclasses import dataclass

import numpy as np
import pytest

from nnspec import L1L2, SGD, Adam, Circles, Dataset, Dense, Dropout, Initializer, Recipe, train
from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.training import model_fit

HIDDEN = [Dense(4, "relu"), Dense(4, "relu")]
DISTRIBUTION = {
    "dropout": Recipe(
        Circles(200, train_size=150),
        [Dense(8, "relu", kernel_regularizer=L1L2(l2=1e-3)), Dropout(0.4), Dense(1, "sigmoid")],
        "binary_crossentropy",
        Adam(0.05),
        epochs=5,
    ),
    "raw outputs": Recipe(
        Circles(200, train_size=150), [*HIDDEN, Dense(1)], "binary_crossentropy", SGD(0.05), epochs=5
    ),
}


# The seeds of fit are among ours. With others, the 40 initial weights of one side would be others by chance,
# and the same ones in every run of the tests, which then fail more often than they say.
OURS = range(1000, 1160)
OF_FIT = OURS[::4]
FITS = len(OF_FIT)


@functools.cache
def metrics_of_fit(name):
    """Metrics of `model.fit` with its own shuffles and masks, from 40 seeds, on one compiled model."""
    recipe = DISTRIBUTION[name]
    data = recipe.data.arrays()
    model = model_fit.build_model(recipe, 0)
    model.optimizer.build(model.trainable_variables)
    fresh = [variable.numpy() for variable in model.optimizer.variables]
    found = []
    for seed in OF_FIT:
        model.set_weights(model_fit.build_model(recipe, seed).get_weights())
        for variable, value in zip(model.optimizer.variables, fresh, strict=True):
            variable.assign(value)
        model.fit(data.x_train, data.y_train, epochs=recipe.epochs, verbose=0)
        metrics = model_fit.evaluated(model, data.x_train, data.y_train)
        test = model_fit.evaluated(model, data.x_test, data.y_test)
        found.append(metrics | {f"test_{key}": value for key, value in test.items()})
    return {key: np.array([metrics[key] for metrics in found]) for key in found[0]}


# Six contradictory examples, one at a time, with large steps: how long ago the network saw an example last
# decides how wrong it is about it, and that is where orders differ.
@dataclass(frozen=True)
class SixExamples(Dataset):
    """Two classes of three points."""

    def examples(self):
        """Return six points of which no line tells the classes apart."""
        return np.random.default_rng(0).normal(size=(6, 2)), np.array([0, 1, 1, 0, 1, 0])


ORDER_MATTERS = Recipe(
    SixExamples(),
    [Dense(1, "sigmoid", kernel_initializer=Initializer("zeros"))],
    "binary_crossentropy",
    SGD(1.0),
    epochs=10,
    batch_size=1,
)


@functools.cache
def losses_of_fit(global_seeds):
    """Mean loss of the last five epochs of `model.fit`, 20 times after a global seed each, 40 without any.

    Without a seed it is one call, which begins anew every ten epochs: each call takes as long as its epochs.
    """
    tf, keras = tensorflow()
    data = ORDER_MATTERS.data.arrays()
    model = model_fit.build_model(ORDER_MATTERS, 0)
    fresh = model.get_weights()
    begin = keras.callbacks.LambdaCallback(
        on_epoch_begin=lambda epoch, logs: None if epoch % 10 else model.set_weights(fresh)
    )

    def fitted(times):
        options = {"epochs": 10 * times, "batch_size": 1, "callbacks": [begin], "verbose": 0}
        losses = model.fit(data.x_train, data.y_train, **options).history["loss"]
        return np.reshape(losses, (times, 10))[:, 5:].mean(axis=1)

    tf.random.set_seed(None)  # whatever another test has set
    if not global_seeds:
        return fitted(FITS)
    found = []
    for seed in range(FITS // 2):
        tf.random.set_seed(seed)
        found.append(fitted(1))
    tf.random.set_seed(None)
    return np.concatenate(found)


@functools.cache
def losses_of_stacked():
    """Mean loss of the last five epochs of the stacked engine."""
    return train(ORDER_MATTERS, OURS).history["loss"][:, 5:].mean(axis=1)


def test_the_order_is_drawn_anew_in_every_epoch_as_by_an_unseeded_fit():
    """A Kolmogorov-Smirnov test at an error rate of 1e-4, which tells the frozen order apart, see below."""
    from scipy.stats import ks_2samp

    assert ks_2samp(losses_of_stacked(), losses_of_fit(False)).pvalue > 1e-4


def test_after_a_global_seed_fit_keeps_one_order_which_is_another_training():
    from scipy.stats import ks_2samp

    assert ks_2samp(losses_of_fit(True), losses_of_stacked()).pvalue < 1e-6


@functools.cache
def metrics_of_stacked(recipe):
    return train(recipe, OURS).metrics


@pytest.mark.parametrize("metric", ["loss", "accuracy", "test_loss", "test_accuracy"])
@pytest.mark.parametrize("name", DISTRIBUTION)
def test_engines_agree_in_distribution_over_fresh_seeds(name, metric):
    """A two-sample Kolmogorov-Smirnov test at an error rate of 1e-4; eight tests give 8e-4 in all.

    Of 40 seeds of `model.fit`, at half a second each, and 160 of ours it sees as much as of 64 a side: a
    shift of 1.1 standard deviations nine times in ten and one of 0.8 every other time (simulated with normal
    values).
    """
    from scipy.stats import ks_2samp

    ours = metrics_of_stacked(DISTRIBUTION[name])
    assert ks_2samp(ours[metric], metrics_of_fit(name)[metric]).pvalue > 1e-4


@pytest.mark.parametrize("name", DISTRIBUTION)
def test_a_hundredth_of_the_learning_rate_is_seen_in_distribution(name):
    """The test can fail; a tenth of the rate is too little for the widely spread losses of raw outputs."""
    from scipy.stats import ks_2samp

    wrong = metrics_of_stacked(DISTRIBUTION[name].with_learning_rate(0.0005))
    assert ks_2samp(wrong["loss"], metrics_of_fit(name)["loss"]).pvalue < 1e-4


def test_a_seed_gives_the_same_bits_with_dropout_alone_and_among_others():
    recipe = DISTRIBUTION["dropout"]
    np.testing.assert_array_equal(train(recipe, [9]).weights[0], train(recipe, range(20)).weights[0][[9]])
