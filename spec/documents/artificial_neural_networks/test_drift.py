"""Printed calls that no longer work, or should not, and what to write today."""

import importlib.util

import pytest

from nnspec import fact, tensorflow
from spec.sources import ARTIFICIAL_NEURAL_NETWORKS


@fact(
    "ann-drift",
    part="sgd-lr",
    kind="drift",
    source=ARTIFICIAL_NEURAL_NETWORKS.at("Observing underfitting and overfitting", "SGD"),
)
def test_sgd_no_longer_takes_lr(evidence):
    """SGD(lr=1.0), which printed a warning, is rejected today; the argument is called learning_rate."""
    _, keras = tensorflow()
    with pytest.raises(ValueError, match="lr") as rejected:
        keras.optimizers.SGD(lr=1.0)
    assert float(keras.optimizers.SGD(learning_rate=1.0).learning_rate) == 1.0
    evidence.drift(
        printed="SGD(lr=1.0)",
        happens=f"ValueError: {rejected.value}",
        today="SGD(learning_rate=1.0)",
        since="Keras 3.0",
    )


@fact(
    "ann-drift",
    part="save-weights",
    kind="drift",
    source=ARTIFICIAL_NEURAL_NETWORKS.at("Network architecture for MNIST", "save_weights"),
)
def test_weights_are_no_longer_saved_under_any_name(tmp_path, evidence):
    """save_weights("model.h5") is rejected today; the file's name must end in .weights.h5."""
    _, keras = tensorflow()
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    with pytest.raises(ValueError, match=r"\.weights\.h5"):
        model.save_weights(str(tmp_path / "model.h5"))
    model.save_weights(str(tmp_path / "model.weights.h5"))
    assert (tmp_path / "model.weights.h5").exists()
    evidence.drift(
        printed='model.save_weights("model.h5")',
        happens="ValueError: the name must end in .weights.h5",
        today='model.save_weights("model.weights.h5")',
        since="Keras 3.0",
    )


@fact(
    "ann-drift",
    part="columns-set",
    kind="drift",
    source=ARTIFICIAL_NEURAL_NETWORKS.at(
        "Example: training a multiclass classifier to recognize handwritten digits", "df_train_labels"
    ),
)
def test_a_set_of_column_names_is_still_assigned_but_has_no_order(evidence):
    """Assigning a set of one name to the columns of a DataFrame still works; a list keeps an order too."""
    evidence.drift(
        printed='df_train_labels.columns = {"digit"}',
        happens="still works with pandas 3.1.1, while "
        'DataFrame(…, columns={"digit"}) raises ValueError; a set of several names has no order',
        today='df_train_labels.columns = ["digit"]',
        works=True,
    )
    if importlib.util.find_spec("pandas") is None:
        pytest.skip('pandas is not installed; pip install -e ".[test]" installs it')
    import pandas as pd

    frame = pd.DataFrame([5, 0, 4])
    frame.columns = {"digit"}
    assert list(frame.columns) == ["digit"]
    frame.columns = ["number"]
    assert list(frame.columns) == ["number"]
