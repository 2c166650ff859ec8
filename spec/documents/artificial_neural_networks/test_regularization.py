"""Fifty hidden units on two moons, held back by an L1 penalty or by dropout."""

from functools import partial

from spec.documents.artificial_neural_networks.moons_rows import at_both_rates
from spec.documents.artificial_neural_networks.recipes import (
    SIZES,
    WITH_DROPOUT,
    WITH_L1,
    WITH_MORE_DROPOUT,
    accuracy_gap,
    crossentropy,
    crossentropy_gap,
    hidden_weights,
)
from spec.sources import ARTIFICIAL_NEURAL_NETWORKS

L1 = ARTIFICIAL_NEURAL_NETWORKS.at("Regularization", "two moons, L1 penalty of 0.001")
DROPOUT = ARTIFICIAL_NEURAL_NETWORKS.at("Dropout", "two moons, 25 %")
PENALISED = {"penalised": WITH_L1, "plain": SIZES[50]}
DROPPED = {"dropped": WITH_DROPOUT, "plain": SIZES[50]}
# first the share that the document runs, which is beside itself in the null
RATES = {"quarter": WITH_DROPOUT, "none": SIZES[50], "half": WITH_MORE_DROPOUT}
TACKLES = (
    "the text names no measure of overfitting: how far the training part is ahead of fresh data (gap), or "
    "how these fare (unseen), by accuracy or by the cross-entropy without the penalty, any difference"
)

penalty_limits_weights = partial(
    at_both_rates,
    "ann-moons-l1",
    source=L1,
    says="Regularisation adds a penalty to the loss, which limits the values of the weights.",
    because="the absolute weights of the penalised hidden layer, added up, from the same initial weights",
)
penalty_tackles = partial(
    at_both_rates,
    "ann-moons-l1",
    source=L1,
    says="Overfitting is tackled by introducing regularisation, here an L1 penalty on fifty hidden units.",
    because=TACKLES,
)
dropout_tackles = partial(
    at_both_rates,
    "ann-moons-dropout",
    source=DROPOUT,
    says="Overfitting is tackled by dropout: some units are set to 0 at random in training, so that the "
    "network must adapt and gets more generic.",
    because=f"{TACKLES}; nothing is dropped when it is measured",
)
more_is_stronger = partial(
    at_both_rates,
    "ann-dropout-stronger",
    source=DROPOUT,
    says="Regularisation grows stronger with the number of units that are dropped.",
    because="stronger: the training part is less far ahead of fresh data; only 25 % was run, 0 and 50 % are "
    "ours",
)


@penalty_limits_weights("weights", PENALISED)
def test_an_l1_penalty_limits_the_weights(penalised, plain):
    """With an L1 penalty of 0.001 the absolute weights of the hidden layer add up to less than without."""
    return hidden_weights(penalised) < hidden_weights(plain)


@penalty_tackles("gap, accuracy", PENALISED)
def test_an_l1_penalty_narrows_the_gap_of_accuracies(penalised, plain):
    """With an L1 penalty the accuracy on the training part is less far above that on fresh data."""
    return accuracy_gap(penalised) < accuracy_gap(plain)


@penalty_tackles("gap, cross-entropy", PENALISED)
def test_an_l1_penalty_narrows_the_gap_of_cross_entropies(penalised, plain):
    """With an L1 penalty the cross-entropy on fresh data is less far above that on the training part."""
    return crossentropy_gap(penalised) < crossentropy_gap(plain)


@penalty_tackles("unseen, accuracy", PENALISED)
def test_an_l1_penalty_raises_the_accuracy_on_fresh_data(penalised, plain):
    """With an L1 penalty more of the fresh points are right than without."""
    return penalised.test_accuracy > plain.test_accuracy


@penalty_tackles("unseen, cross-entropy", PENALISED)
def test_an_l1_penalty_lowers_the_cross_entropy_on_fresh_data(penalised, plain):
    """With an L1 penalty the cross-entropy on fresh data is lower than without."""
    return crossentropy(penalised, "test") < crossentropy(plain, "test")


@dropout_tackles("gap, accuracy", DROPPED)
def test_dropout_narrows_the_gap_of_accuracies(dropped, plain):
    """With 25 % dropout the accuracy on the training part is less far above that on fresh data."""
    return accuracy_gap(dropped) < accuracy_gap(plain)


@dropout_tackles("gap, cross-entropy", DROPPED)
def test_dropout_narrows_the_gap_of_cross_entropies(dropped, plain):
    """With 25 % dropout the cross-entropy on fresh data is less far above that on the training part."""
    return crossentropy_gap(dropped) < crossentropy_gap(plain)


@dropout_tackles("unseen, accuracy", DROPPED)
def test_dropout_raises_the_accuracy_on_fresh_data(dropped, plain):
    """With 25 % dropout more of the fresh points are right than without."""
    return dropped.test_accuracy > plain.test_accuracy


@dropout_tackles("unseen, cross-entropy", DROPPED)
def test_dropout_lowers_the_cross_entropy_on_fresh_data(dropped, plain):
    """With 25 % dropout the cross-entropy on fresh data is lower than without."""
    return crossentropy(dropped, "test") < crossentropy(plain, "test")


@more_is_stronger("accuracy", RATES)
def test_more_dropout_narrows_the_gap_of_accuracies_further(quarter, none, half):
    """The gap of the accuracies is narrower at 25 % than without dropout, and at 50 % than at 25 %."""
    return (accuracy_gap(quarter) < accuracy_gap(none)) & (accuracy_gap(half) < accuracy_gap(quarter))


@more_is_stronger("cross-entropy", RATES)
def test_more_dropout_narrows_the_gap_of_cross_entropies_further(quarter, none, half):
    """The gap of the cross-entropies is narrower at 25 % than without dropout, and at 50 % than at 25 %."""
    less = crossentropy_gap(quarter) < crossentropy_gap(none)
    return less & (crossentropy_gap(half) < crossentropy_gap(quarter))
