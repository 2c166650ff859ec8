"""Fifty hidden units on two moons, held back by an L1 penalty or by dropout."""

from functools import partial

from spec.documents.artificial_neural_networks.moons_rows import at_both_rates
from spec.documents.artificial_neural_networks.recipes import (
    ONE_SAMPLE,
    SIZES,
    WITH_DROPOUT,
    WITH_FRESH_POINTS,
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
RATES = {"quarter": WITH_DROPOUT, "half": WITH_MORE_DROPOUT}
DROPPED_IN_TRAINING = "nothing is dropped when it is measured"
# narrowing a gap says little where nothing overfits
IF_IT_OVERFITS = "whether fifty units overfit at this rate is told by ann-moons-overfit"

penalty_limits_weights = partial(
    at_both_rates,
    "ann-moons-l1",
    source=L1,
    says="Regularisation adds a penalty to the loss, which limits the values of the weights.",
    because="the absolute weights of the penalised hidden layer, added up, from the same initial weights; "
    f"{ONE_SAMPLE}",
)
penalty_tackles = partial(
    at_both_rates,
    "ann-moons-l1",
    source=L1,
    says="Overfitting is tackled by introducing regularisation, here an L1 penalty on fifty hidden units.",
    because="the text names no measure of overfitting: how far the training part is ahead of fresh points "
    "(gap), or how these fare (unseen), by accuracy or by the cross-entropy without the penalty, any "
    f"difference; {WITH_FRESH_POINTS}",
    as_run=IF_IT_OVERFITS,
)
dropout_tackles = partial(
    at_both_rates,
    "ann-moons-dropout",
    source=DROPOUT,
    says="Overfitting is tackled by dropout: some units are set to 0 at random in training, so that the "
    "network must adapt and gets more generic.",
    because="more generic: fares better on fresh points (unseen), while how far the training part is ahead "
    f"of them (gap) is the other reading, any difference; {DROPPED_IN_TRAINING}; {WITH_FRESH_POINTS}",
    as_run=IF_IT_OVERFITS,
)
more_is_stronger = partial(
    at_both_rates,
    "ann-dropout-stronger",
    source=DROPOUT,
    says="Regularisation grows stronger with the number of units that are dropped.",
    because="stronger: the training part is less far ahead of fresh points, any difference; only 25 % was "
    "run, 50 % is ours, and the step from none to 25 % is the gap of ann-moons-dropout; "
    f"{DROPPED_IN_TRAINING}; {WITH_FRESH_POINTS}",
    as_run=IF_IT_OVERFITS,
)


@penalty_limits_weights("weights", PENALISED, "L1 shrinks hidden weights")
def test_an_l1_penalty_limits_the_weights(penalised, plain):
    """With an L1 penalty of 0.001 the absolute weights of the hidden layer add up to less than without."""
    return hidden_weights(penalised) < hidden_weights(plain)


@penalty_tackles("gap, accuracy", PENALISED, "L1 narrows accuracy gap")
def test_an_l1_penalty_narrows_the_gap_of_accuracies(penalised, plain):
    """With an L1 penalty the accuracy on the training part is less far above that on fresh data."""
    return accuracy_gap(penalised) < accuracy_gap(plain)


@penalty_tackles("gap, cross-entropy", PENALISED, "L1 narrows cross-entropy gap")
def test_an_l1_penalty_narrows_the_gap_of_cross_entropies(penalised, plain):
    """With an L1 penalty the cross-entropy on fresh data is less far above that on the training part."""
    return crossentropy_gap(penalised) < crossentropy_gap(plain)


@penalty_tackles("unseen, accuracy", PENALISED, "L1 raises test accuracy")
def test_an_l1_penalty_raises_the_accuracy_on_fresh_data(penalised, plain):
    """With an L1 penalty more of the fresh points are right than without."""
    return penalised.test_accuracy > plain.test_accuracy


@penalty_tackles("unseen, cross-entropy", PENALISED, "L1 lowers test cross-entropy")
def test_an_l1_penalty_lowers_the_cross_entropy_on_fresh_data(penalised, plain):
    """With an L1 penalty the cross-entropy on fresh data is lower than without."""
    return crossentropy(penalised, "test") < crossentropy(plain, "test")


@dropout_tackles("gap, accuracy", DROPPED, "dropout narrows accuracy gap")
def test_dropout_narrows_the_gap_of_accuracies(dropped, plain):
    """With 25 % dropout the accuracy on the training part is less far above that on fresh data."""
    return accuracy_gap(dropped) < accuracy_gap(plain)


@dropout_tackles("gap, cross-entropy", DROPPED, "dropout narrows cross-entropy gap")
def test_dropout_narrows_the_gap_of_cross_entropies(dropped, plain):
    """With 25 % dropout the cross-entropy on fresh data is less far above that on the training part."""
    return crossentropy_gap(dropped) < crossentropy_gap(plain)


@dropout_tackles("unseen, accuracy", DROPPED, "dropout raises test accuracy")
def test_dropout_raises_the_accuracy_on_fresh_data(dropped, plain):
    """With 25 % dropout more of the fresh points are right than without."""
    return dropped.test_accuracy > plain.test_accuracy


@dropout_tackles("unseen, cross-entropy", DROPPED, "dropout lowers test cross-entropy")
def test_dropout_lowers_the_cross_entropy_on_fresh_data(dropped, plain):
    """With 25 % dropout the cross-entropy on fresh data is lower than without."""
    return crossentropy(dropped, "test") < crossentropy(plain, "test")


@more_is_stronger("accuracy", RATES, "stronger dropout narrows accuracy gap")
def test_half_narrows_the_gap_of_accuracies_further_than_a_quarter(quarter, half):
    """The gap of the accuracies is narrower at 50 % dropout than at 25 %."""
    return accuracy_gap(half) < accuracy_gap(quarter)


@more_is_stronger("cross-entropy", RATES, "stronger dropout narrows cross-entropy gap")
def test_half_narrows_the_gap_of_cross_entropies_further_than_a_quarter(quarter, half):
    """The gap of the cross-entropies is narrower at 50 % dropout than at 25 %."""
    return crossentropy_gap(half) < crossentropy_gap(quarter)
