"""Fifty hidden units on two moons, held back by an L1 penalty or by dropout."""

from nnspec import claim
from spec.documents.artificial_neural_networks.recipes import (
    MOONS_BECAUSE,
    SIZES,
    WITH_DROPOUT,
    WITH_L1,
    WITH_MORE_DROPOUT,
    accuracy_gap,
    crossentropy,
    crossentropy_gap,
    hidden_weights,
)
from spec.readings import RELIABLY, RELIABLY_BECAUSE
from spec.sources import ARTIFICIAL_NEURAL_NETWORKS

L1 = ARTIFICIAL_NEURAL_NETWORKS.at("Regularization", "two moons, L1 penalty of 0.001")
DROPOUT = ARTIFICIAL_NEURAL_NETWORKS.at("Dropout", "two moons, 25 %")
PLAIN = SIZES[50]
TACKLES = (
    "tackles overfitting: the training part is ahead of fresh data by less than without, and fresh data fare "
    f"better than without; {MOONS_BECAUSE}; {RELIABLY_BECAUSE}"
)
BY_LOSS = "by the cross-entropy, the penalty not counted; " + TACKLES
STRONGER = (
    "stronger: from 0 to 25 % to 50 % the training part is ahead of fresh data by less and less; "
    f"{MOONS_BECAUSE}; {RELIABLY_BECAUSE}"
)


@claim(
    "ann-moons-l1",
    part="weights",
    source=L1,
    recipe={"penalised": WITH_L1, "plain": PLAIN},
    counterfactual={"penalised": PLAIN},
    share=RELIABLY,
    because="limits weights: the absolute weights of the penalised layer add up to less than without, from "
    f"the same initial weights; {MOONS_BECAUSE}; {RELIABLY_BECAUSE}",
    verdict="holds",
    measured="192 of 192 seeds; median difference of the sums -46.7",
)
def test_an_l1_penalty_limits_the_weights(penalised, plain):
    """An L1 penalty of 0.001 on the hidden layer keeps its weights smaller."""
    return hidden_weights(penalised) < hidden_weights(plain)


@claim(
    "ann-moons-l1",
    part="accuracy",
    source=L1,
    recipe={"penalised": WITH_L1, "plain": PLAIN},
    counterfactual={"penalised": PLAIN},
    share=RELIABLY,
    because="by the accuracy; " + TACKLES,
    verdict="refuted",
    measured="41 of 64 seeds; median differences of the gap -0.0078, on fresh data 0.0032",
)
def test_an_l1_penalty_limits_overfitting_by_accuracy(penalised, plain):
    """An L1 penalty of 0.001 on the hidden layer of fifty units limits overfitting."""
    narrower = accuracy_gap(penalised) < accuracy_gap(plain)
    return narrower & (penalised.test_accuracy > plain.test_accuracy)


@claim(
    "ann-moons-l1",
    part="loss",
    source=L1,
    recipe={"penalised": WITH_L1, "plain": PLAIN},
    counterfactual={"penalised": PLAIN},
    share=RELIABLY,
    because=BY_LOSS,
    verdict="refuted",
    measured="145 of 192 seeds; median difference of the gap -0.031",
)
def test_an_l1_penalty_limits_overfitting_by_cross_entropy(penalised, plain):
    """An L1 penalty of 0.001 on the hidden layer of fifty units limits overfitting."""
    narrower = crossentropy_gap(penalised) < crossentropy_gap(plain)
    return narrower & (crossentropy(penalised, "test") < crossentropy(plain, "test"))


@claim(
    "ann-moons-dropout",
    part="accuracy",
    source=DROPOUT,
    recipe={"dropped": WITH_DROPOUT, "plain": PLAIN},
    counterfactual={"dropped": PLAIN},
    share=RELIABLY,
    because="by the accuracy; " + TACKLES,
    verdict="refuted",
    measured="93 of 128 seeds; median difference of the gap -0.013",
)
def test_dropout_limits_overfitting_by_accuracy(dropped, plain):
    """Dropping 25 % of fifty hidden units limits overfitting."""
    narrower = accuracy_gap(dropped) < accuracy_gap(plain)
    return narrower & (dropped.test_accuracy > plain.test_accuracy)


@claim(
    "ann-moons-dropout",
    part="loss",
    source=DROPOUT,
    recipe={"dropped": WITH_DROPOUT, "plain": PLAIN},
    counterfactual={"dropped": PLAIN},
    share=RELIABLY,
    because=BY_LOSS,
    verdict="holds",
    measured="192 of 192 seeds; median differences of the gap -0.097, on fresh data -0.047",
)
def test_dropout_limits_overfitting_by_cross_entropy(dropped, plain):
    """Dropping 25 % of fifty hidden units limits overfitting."""
    narrower = crossentropy_gap(dropped) < crossentropy_gap(plain)
    return narrower & (crossentropy(dropped, "test") < crossentropy(plain, "test"))


@claim(
    "ann-dropout-stronger",
    part="accuracy",
    source=DROPOUT,
    recipe={"none": PLAIN, "quarter": WITH_DROPOUT, "half": WITH_MORE_DROPOUT},
    counterfactual={"half": PLAIN},
    share=RELIABLY,
    because="by the accuracy; " + STRONGER,
    verdict="refuted",
    measured="93 of 128 seeds; median difference of the gap -0.013 from none to 25 %",
)
def test_more_dropout_narrows_the_gap_further_by_accuracy(none, quarter, half):
    """The more units are dropped, the less the training part is ahead of fresh data."""
    return (accuracy_gap(quarter) < accuracy_gap(none)) & (accuracy_gap(half) < accuracy_gap(quarter))


@claim(
    "ann-dropout-stronger",
    part="loss",
    source=DROPOUT,
    recipe={"none": PLAIN, "quarter": WITH_DROPOUT, "half": WITH_MORE_DROPOUT},
    counterfactual={"half": PLAIN},
    share=RELIABLY,
    because="by the cross-entropy; " + STRONGER,
    verdict="holds",
    measured="192 of 192 seeds; median differences of the gap -0.097, then -0.025",
)
def test_more_dropout_narrows_the_gap_further_by_cross_entropy(none, quarter, half):
    """The more units are dropped, the less the training part is ahead of fresh data."""
    less = crossentropy_gap(quarter) < crossentropy_gap(none)
    return less & (crossentropy_gap(half) < crossentropy_gap(quarter))
