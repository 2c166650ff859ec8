"""Printed calls that no longer work, and what to write today."""

import numpy as np
import pytest

from nnspec import fact, tensorflow
from spec.documents.tf_classification.recipes import CIRCLES
from spec.order_of_examples import assert_a_global_seed_keeps_one_order
from spec.sources import TF_CLASSIFICATION


@fact(
    "tfc-drift",
    part="adam-lr",
    kind="drift",
    source=TF_CLASSIFICATION.at("The missing piece: Non-linearity", "model_4, model_6, model_8, model_10"),
)
def test_adam_no_longer_takes_lr(evidence):
    """Adam(lr=0.01) is rejected today; the argument is called learning_rate."""
    _, keras = tensorflow()
    with pytest.raises(ValueError, match="lr") as rejected:
        keras.optimizers.Adam(lr=0.01)
    assert float(keras.optimizers.Adam(learning_rate=0.01).learning_rate) == pytest.approx(0.01)
    evidence.drift(
        printed="tf.keras.optimizers.Adam(lr=0.01)",
        happens=f"ValueError: {rejected.value}",
        today="keras.optimizers.Adam(learning_rate=0.01)",
        since="Keras 3.0",
    )


@fact(
    "tfc-drift",
    part="input-shape",
    kind="drift",
    source=TF_CLASSIFICATION.at("Improving a model", "model_3"),
)
def test_an_input_shape_of_none_and_one_no_longer_takes_two_features(evidence):
    """A first layer with input_shape=(None, 1) no longer fits two features; say (2,) or nothing."""
    _, keras = tensorflow()
    data = CIRCLES.arrays()
    with pytest.warns(UserWarning, match="input_shape"):
        model = keras.Sequential([keras.layers.Dense(100, input_shape=(None, 1)), keras.layers.Dense(1)])
    model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
    with pytest.raises(ValueError, match=r"shape|incompatible|dimension") as rejected:
        model.fit(data.x_train, data.y_train, epochs=1, verbose=0)
    today = keras.Sequential([keras.Input((2,)), keras.layers.Dense(100), keras.layers.Dense(1)])
    today.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
    assert np.isfinite(today.fit(data.x_train, data.y_train, epochs=1, verbose=0).history["loss"]).all()
    evidence.drift(
        printed="Dense(100, input_shape=(None, 1)), fitted on two features",
        happens=f"fit raises ValueError: {str(rejected.value).splitlines()[0]}",
        today="keras.Input((2,)) in front, or no shape at all",
    )


@fact(
    "tfc-drift",
    part="plot-confusion-matrix",
    kind="drift",
    source=TF_CLASSIFICATION.at("More classification evaluation methods", "table of methods"),
)
def test_plot_confusion_matrix_is_gone(evidence):
    """sklearn.metrics.plot_confusion_matrix is gone; ConfusionMatrixDisplay draws it today."""
    import sklearn.metrics

    assert not hasattr(sklearn.metrics, "plot_confusion_matrix")
    assert callable(sklearn.metrics.ConfusionMatrixDisplay.from_predictions)
    evidence.drift(
        printed="sklearn.metrics.plot_confusion_matrix(model, X, y)",
        happens="ImportError: the function is not there any more",
        today="ConfusionMatrixDisplay.from_predictions(y_true, labels)",
        since="scikit-learn 1.2",
    )


@fact(
    "tfc-drift",
    part="history-lr",
    kind="drift",
    source=TF_CLASSIFICATION.at("Finding the best learning rate", "model_9"),
)
def test_the_history_calls_the_learning_rate_by_its_name(evidence):
    """The history of a scheduled training no longer has the key lr; it is called learning_rate."""
    _, keras = tensorflow()
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile(loss="binary_crossentropy", optimizer="adam")
    data = CIRCLES.arrays()
    schedule = keras.callbacks.LearningRateScheduler(lambda epoch: 1e-4 * 10 ** (epoch / 20))
    history = model.fit(data.x_train, data.y_train, epochs=2, verbose=0, callbacks=[schedule]).history
    assert "lr" not in history
    np.testing.assert_allclose(history["learning_rate"], [1e-4, 1e-4 * 10 ** (1 / 20)], rtol=1e-6)
    evidence.drift(
        printed="history.history['lr']",
        happens="KeyError: 'lr'",
        today="history.history['learning_rate']",
        since="Keras 3.0",
    )


@fact(
    "tfc-drift",
    part="one-order",
    kind="drift",
    source=TF_CLASSIFICATION.at("Steps in modelling", "tf.random.set_seed(42), before every model"),
)
def test_after_a_global_seed_all_epochs_take_the_examples_in_one_order(evidence):
    """After tf.random.set_seed, fit keeps one order of the examples in all epochs, which Keras 2 did not."""
    assert_a_global_seed_keeps_one_order(
        evidence,
        "tf.random.set_seed(42); model.fit(X, y, epochs=100)",
        "in 256 runs of either kind no difference is shown in loss and accuracy of model_7 and model_8 "
        "(the smallest p of a rank test is 0.28).",
    )
