"""Printed calls that no longer work, or mean something else, and what to write today."""

import numpy as np
import pytest

from nnspec import fact, tensorflow
from spec.documents.deeper_networks.recipes import HIDDEN_3, QUANTILES
from spec.order_of_examples import assert_a_global_seed_keeps_one_order
from spec.sources import DEEPER_NETWORKS

PLACE = DEEPER_NETWORKS.at("Linear Classifier (0 hidden layer)")


@fact("dn-drift", part="set-random-seed", source=PLACE, kind="drift")
def test_tensorflow_no_longer_has_set_random_seed(evidence):
    """tf.set_random_seed is gone; keras.utils.set_random_seed makes runs repeat."""
    tf, keras = tensorflow()
    with pytest.raises(AttributeError, match="set_random_seed") as missing:
        tf.set_random_seed(0)
    drawn = []
    for _ in range(2):
        keras.utils.set_random_seed(0)
        model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3)])
        drawn.append(model.get_weights()[0])
    np.testing.assert_array_equal(drawn[0], drawn[1])
    evidence.drift(
        printed="np.random.seed(0); tf.set_random_seed(0)",
        happens=f"AttributeError: {missing.value}",
        today="keras.utils.set_random_seed(0), which seeds Python, NumPy and TensorFlow",
        since="TensorFlow 2.0",
    )


@fact("dn-drift", part="acc", source=PLACE, kind="drift")
def test_the_history_calls_the_accuracy_accuracy(evidence):
    """A metric asked for as accuracy is reported as accuracy and val_accuracy, no longer as acc."""
    _, keras = tensorflow()
    data = QUANTILES.arrays()
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, activation="sigmoid")])
    validation = (data.x_validation, data.y_validation)
    names = {}
    for metric in ("accuracy", "acc"):
        model.compile(loss="binary_crossentropy", optimizer="adam", metrics=[metric])
        fitted = model.fit(data.x_train, data.y_train, epochs=1, verbose=0, validation_data=validation)
        names[metric] = set(fitted.history)
    assert names["accuracy"] == {"loss", "accuracy", "val_loss", "val_accuracy"}
    assert names["acc"] == {"loss", "acc", "val_loss", "val_acc"}
    evidence.drift(
        printed="compile(metrics=['accuracy']), reported as acc and val_acc",
        happens="reported as accuracy and val_accuracy: the name that was asked for",
        today="history['accuracy'], history['val_accuracy']",
        since="TensorFlow 2.0",
    )


@fact("dn-drift", part="accuracy-score", source=PLACE, kind="drift")
def test_accuracy_score_takes_booleans_and_forgives_swapped_arguments(trained, evidence):
    """accuracy_score still takes a column of booleans against 0 and 1, and forgives swapped arguments."""
    from sklearn.metrics import accuracy_score, precision_score

    runs = trained(HIDDEN_3, range(2))
    data = QUANTILES.arrays()
    for probabilities, accuracy in zip(runs.predict(data.x_test), runs.test_accuracy, strict=True):
        printed = accuracy_score((probabilities > 0.5), data.y_test)
        labels = (probabilities[:, 0] > 0.5).astype(int)
        assert printed == accuracy_score(data.y_test, labels) == pytest.approx(accuracy)
        # a score that tells the two apart does not forgive it
        recall = np.mean(labels[data.y_test == 1])
        assert precision_score(labels, data.y_test) == pytest.approx(recall)
    evidence.drift(
        printed="accuracy_score((y_test_pred > 0.5), y_test)",
        happens="still works, with predictions as y_true: accuracy is the same both ways, but "
        "precision_score in this order would give the recall",
        today="accuracy_score(y_true=y_test, y_pred=y_test_pred[:, 0] > 0.5)",
        works=True,
    )


@fact("dn-drift", part="input-shape", source=PLACE, kind="drift")
def test_input_shape_in_a_layer_is_warned_about(evidence):
    """A first layer with input_shape=[2] still works, but Keras warns and asks for an Input."""
    _, keras = tensorflow()
    with pytest.warns(UserWarning, match="input_shape") as warned:
        printed = keras.Sequential([keras.layers.Dense(units=1, input_shape=[2])])
    today = keras.Sequential([keras.Input((2,)), keras.layers.Dense(units=1)])
    assert printed.input_shape == today.input_shape == (None, 2)
    evidence.drift(
        printed="Dense(units=1, input_shape=[2])",
        happens=f"works with a UserWarning: {warned[0].message}",
        today="keras.Input((2,)) in front of Dense(units=1)",
        since="Keras 3.0",
        works=True,
    )


@fact("dn-drift", part="one-order", source=PLACE, kind="drift")
def test_after_a_global_seed_all_epochs_take_the_examples_in_one_order(evidence):
    """Seeded globally, fit keeps one order of the examples in all epochs today."""
    assert_a_global_seed_keeps_one_order(
        evidence,
        "tf.set_random_seed(0), today tf.random.set_seed(0); model.fit(…)",
        "in 256 runs of either kind no difference is shown in loss and accuracy of the network with three "
        "hidden units (the smallest p of a rank test is 0.16).",
    )
