"""Training on a part and testing on the rest: model_8, its history and its ten times higher learning rate."""

from nnspec import Dense, Figure, claim, fact
from nnspec.plots import decision_boundary, history
from spec.documents.tf_classification.recipes import MODEL_8
from spec.readings import RELIABLY, RELIABLY_BECAUSE
from spec.sources import TF_CLASSIFICATION

EVALUATING = TF_CLASSIFICATION.at("Evaluating and improving our classification model", "model_8")
CURVES = TF_CLASSIFICATION.at("Plot the loss curves", "model_8")
SLOWER = MODEL_8.with_learning_rate(0.001)
NOT_LEARNING = MODEL_8.with_learning_rate(0.0)


@claim(
    "tfc-split-25-epochs",
    source=EVALUATING,
    recipe=MODEL_8,
    counterfactual=SLOWER,
    share=RELIABLY,
    because="'an incredible result' on both parts read as an accuracy of at least 0.95, below the printed "
    "0.9762 and 1.0000; " + RELIABLY_BECAUSE,
    documented={
        "accuracy in epoch 25": Figure(0.9762, lambda runs: runs.epoch("accuracy", 25)),
        "test_accuracy": 1.0,
        "test_loss": 0.1247,
    },
    picture=decision_boundary,
    verdict="refuted",
    measured="151 of 256 seeds; median test accuracy 0.975",
)
def test_25_epochs_suffice_with_a_learning_rate_of_one_hundredth(runs):
    """With a learning rate of 0.01, 25 epochs suffice for an incredible result on training and test part."""
    return (runs.test_accuracy >= 0.95) & (runs.accuracy >= 0.95)


@claim(
    "tfc-history",
    source=CURVES,
    recipe=MODEL_8,
    counterfactual=NOT_LEARNING,
    share=RELIABLY,
    because="over the run: the last epoch against the first; " + RELIABLY_BECAUSE,
    documented={
        "loss in epoch 1": Figure(0.6847, lambda runs: runs.epoch("loss", 1)),
        "loss in epoch 25": Figure(0.1490, lambda runs: runs.epoch("loss", 25)),
        "accuracy in epoch 1": Figure(0.5425, lambda runs: runs.epoch("accuracy", 1)),
        "accuracy in epoch 25": Figure(0.9762, lambda runs: runs.epoch("accuracy", 25)),
    },
    verdict="holds",
    measured="255 of 256 seeds; median loss in epoch 25 - loss in epoch 1 -0.5425",
)
def test_loss_goes_down_and_accuracy_up(runs):
    """Over the run of model_8 the loss goes down and the accuracy up."""
    down = runs.epoch("loss", -1) < runs.epoch("loss", 1)
    return down & (runs.epoch("accuracy", -1) > runs.epoch("accuracy", 1))


@claim(
    "tfc-faster-learning",
    source=EVALUATING,
    recipe={"faster": MODEL_8, "slower": SLOWER},
    counterfactual={"faster": SLOWER},
    share=RELIABLY,
    because="learns more: a lower training loss in the last of the same 25 epochs; " + RELIABLY_BECAUSE,
    verdict="holds",
    measured="376 of 384 seeds; median difference of the losses -0.53",
)
def test_ten_times_the_learning_rate_learns_more_in_the_same_epochs(faster, slower):
    """Ten times the learning rate learns more in the same number of epochs."""
    return faster.epoch("loss", -1) < slower.epoch("loss", -1)


@fact("tfc-decision-boundary", source=EVALUATING, kind="picture")
def test_the_decision_boundary_is_drawn_for_training_and_test_part(trained, evidence):
    """The decision boundary over a mesh, training and test part side by side, one output or one per class."""
    one_per_class = MODEL_8.with_(
        layers=[*MODEL_8.layers[:-1], Dense(2, "softmax")], loss="sparse_categorical_crossentropy"
    )
    for recipe, kind in ((MODEL_8, "one output"), (one_per_class, "one output per class")):
        runs = trained(recipe, range(64))
        figure = decision_boundary(runs)
        left, right = figure.axes[:2]
        assert "train" in left.get_title().lower()
        assert "test" in right.get_title().lower()
        data = recipe.data.arrays()
        for axes, part in ((left, data.x_train), (right, data.x_test)):
            drawn = sum(
                len(points.get_offsets()) for points in axes.collections if len(points.get_offsets()) > 1
            )
            assert drawn == len(part)
        evidence.picture(f"Decision boundary of model_8, {kind}", figure)


@fact("tfc-loss-curves", source=CURVES, kind="picture")
def test_the_history_is_drawn_as_curves(trained, evidence):
    """The history of model_8 as curves of loss and accuracy over the epochs."""
    figure = history(trained(MODEL_8, range(64)))
    assert [axes.get_xlabel().lower() for axes in figure.axes] == ["epoch", "epoch"]
    assert all(len(axes.lines[0].get_xdata()) == 25 for axes in figure.axes)
    evidence.picture("History of model_8", figure)
