"""Training on a part and testing on the rest: model_8, its history and its ten times higher learning rate."""

from nnspec import Dense, Figure, claim, fact
from nnspec.plots import decision_boundary, history
from spec.documents.tf_classification.recipes import MODEL_8, PERFECT_BECAUSE
from spec.sources import TF_CLASSIFICATION

EVALUATING = TF_CLASSIFICATION.at("Evaluating and improving our classification model", "model_8")
CURVES = TF_CLASSIFICATION.at("Plot the loss curves", "model_8")
SLOWER = MODEL_8.with_learning_rate(0.001)
FASTER = (
    "A higher learning rate lets a model learn faster, though it can be too high; the tenfold rate is one "
    "reason why fewer epochs were enough."
)
LIKE_FOR_LIKE = (
    "the slower arm is ours: the same 25 epochs on the same 800 points, where the document compares with 100 "
    "epochs on 1000"
)


@claim(
    "tfc-split-25-epochs",
    in_short="Model_8 is almost perfect",
    source=EVALUATING,
    says="With a tenfold rate and only 25 epochs the result of our model on training and on test data was "
    "still incredible: it predicts both circles almost perfectly.",
    reading="one case",
    recipe=MODEL_8,
    counterfactual=SLOWER,
    without="the tenfold rate (0.001 instead)",
    because=f"incredible, on both parts: {PERFECT_BECAUSE} and 196 of 200; the training accuracy is that of "
    "the log, the other one evaluated",
    documented={
        "accuracy in epoch 25": Figure("0.9762", lambda runs: runs.epoch("accuracy", 25), "higher"),
        "test_accuracy": "1.0000",
        "test_loss": "0.1247",
    },
    picture=decision_boundary,
    verdict="a coin toss",
    measured="924 of 2048 seeds; median accuracy in epoch 25 0.975",
)
def test_25_epochs_suffice_with_a_learning_rate_of_one_hundredth(runs):
    """In epoch 25 at least 781 of 800 training points are right, and at least 196 of 200 test points."""
    return (runs.epoch("accuracy", 25) >= 781 / 800) & (runs.test_accuracy >= 196 / 200)


@claim(
    "tfc-history",
    in_short="Training improves loss and accuracy",
    source=CURVES,
    says="The printed values show a falling loss and a rising accuracy.",
    reading="one case",
    recipe=MODEL_8,
    because="the last epoch against the first; not from each to the next, as the printed accuracy itself "
    "dips",
    documented={
        "loss in epoch 1": Figure("0.684651", lambda runs: runs.epoch("loss", 1), "lower"),
        "loss in epoch 25": Figure("0.148973", lambda runs: runs.epoch("loss", 25), "lower"),
        "accuracy in epoch 1": Figure("0.54250", lambda runs: runs.epoch("accuracy", 1), "higher"),
        "accuracy in epoch 25": Figure("0.97625", lambda runs: runs.epoch("accuracy", 25), "higher"),
    },
    verdict="nearly always",
    measured="2032 of 2048 seeds; median loss in epoch 25 - loss in epoch 1 -0.5478",
)
def test_loss_goes_down_and_accuracy_up(runs):
    """The loss of the last epoch is below that of the first, and the accuracy above."""
    down = runs.epoch("loss", -1) < runs.epoch("loss", 1)
    return down & (runs.epoch("accuracy", -1) > runs.epoch("accuracy", 1))


@claim(
    "tfc-faster-learning",
    in_short="Rate 0.01 beats 0.001 in loss",
    source=EVALUATING,
    says=FASTER,
    recipe={"faster": MODEL_8, "slower": SLOWER},
    because=f"learning faster: a lower training loss after as many epochs; {LIKE_FOR_LIKE}",
    verdict="holds",
    measured="61 of 64 seeds; median loss in epoch 25 of faster - loss in epoch 25 of slower -0.5368",
)
def test_ten_times_the_learning_rate_learns_more_in_the_same_epochs(faster, slower):
    """The training loss of epoch 25 is lower at a rate of 0.01 than at 0.001."""
    return faster.epoch("loss", 25) < slower.epoch("loss", 25)


@claim(
    "tfc-faster-learning",
    part="accuracy",
    in_short="Rate 0.01 beats 0.001 in accuracy",
    source=EVALUATING,
    says=FASTER,
    recipe={"faster": MODEL_8, "slower": SLOWER},
    because=f"learning faster: a higher training accuracy after as many epochs; {LIKE_FOR_LIKE}",
    verdict="holds",
    measured="59 of 64 seeds; median accuracy in epoch 25 of faster - accuracy in epoch 25 of slower 0.3869",
)
def test_ten_times_the_learning_rate_gets_more_right_in_the_same_epochs(faster, slower):
    """The training accuracy of epoch 25 is higher at a rate of 0.01 than at 0.001."""
    return faster.epoch("accuracy", 25) > slower.epoch("accuracy", 25)


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
