"""Calls that today's libraries no longer take, by the error that they end in, and what does the same."""

from __future__ import annotations

import re

# the error as `Name: text`, the code that fails, what is written today; the first row that fits counts
_KNOWN: tuple[tuple[str, str, str], ...] = (
    (r"not recognized: \{'lr'", "", "learning_rate=…"),
    (r"not recognized: \{'decay'", "", "a schedule, such as keras.optimizers.schedules.InverseTimeDecay"),
    (r"KeyError: '(val_)?acc'", "", "history['accuracy'], history['val_accuracy']"),
    (
        r"TypeError: '[<>]=?' not supported between instances of 'NoneType' and 'float'",
        r"\.fit\(",
        "logs.get('accuracy') in a callback, where it asks for 'acc', which no metric is called any more",
    ),
    (r"Unrecognized data type: x=\[", "", "np.array(…), as lists are no data"),
    (
        r"metrics' has no attribute '(mean_\w+_error|mae|mse|binary_crossentropy)'",
        "",
        "keras.losses.mean_absolute_error, keras.losses.mean_squared_error",
    ),
    (r"Invalid filepath extension for saving", "", 'model.save("model.keras")'),
    (r"File format not supported: filepath=", "", "a model saved as .keras, or keras.layers.TFSMLayer"),
    (r"KeyError: 'lr'", "", "history.history['learning_rate']"),
    (
        r"no attribute '(fit|evaluate|predict)_generator'",
        "",
        "fit, evaluate and predict, which take generators",
    ),
    (r"no attribute 'predict_classes'", "", "np.argmax(model.predict(x), axis=-1), or predict(x) > 0.5"),
    (r"no attribute 'predict_proba'", "", "model.predict(x)"),
    (r"unexpected keyword argument 'nb_epoch'", "", "epochs=…"),
    (r"unexpected keyword argument 'samples_per_epoch'", "", "steps_per_epoch=…"),
    (
        r"Unrecognized keyword arguments.*'(init|W_regularizer|output_dim|nb_filter)'",
        "",
        "the argument's name in Keras 3: kernel_initializer, kernel_regularizer, units, filters",
    ),
    (r"must end in `?\.weights\.h5", "", 'model.save_weights("model.weights.h5")'),
    (
        r"Please provide a?n? ?.*extension to the filename|must end in `\.keras`",
        "",
        'model.save("model.keras")',
    ),
    (r"unexpected keyword argument 'period'|not.*recognized.*period", "", "save_freq=…"),
    (
        r"No module named 'keras\.(layers|utils|optimizers|models)\.|cannot import name 'np_utils'",
        "",
        "keras.layers, keras.utils, keras.optimizers, keras.models, all without a module below",
    ),
    (r"No module named 'keras\.preprocessing\.text'", "", "keras.layers.TextVectorization"),
    (r"wrappers", r"scikit_learn", "keras.wrappers.SKLearnClassifier, or scikeras"),
    (r"experimental", r"layers\.experimental", "keras.layers, without experimental.preprocessing"),
    (
        r"module 'tensorflow' has no attribute '(Session|placeholder|contrib|get_default_graph|ConfigProto)'",
        "",
        "TensorFlow 2, which has no sessions and no contrib",
    ),
    (
        r"cannot import name 'load_boston'|`load_boston` has been removed",
        "",
        "keras.datasets.boston_housing, with what its makers say against it",
    ),
    (r"plot_confusion_matrix", "", "ConfusionMatrixDisplay.from_predictions(y_true, labels)"),
    (
        r"mix of (binary|multiclass).* and continuous|mix of .*continuous",
        "",
        "labels, such as predict(x) > 0.5, where a metric of scikit-learn takes no probabilities",
    ),
    (r"module 'numpy' has no attribute '(float|int|bool|object|str)'", "", "float, int, bool, object, str"),
    (r"seaborn.* is not a valid package style", "", "plt.style.use('seaborn-v0_8')"),
    (r"'DataFrame' object has no attribute 'append'", "", "pd.concat([…])"),
    (r"pydot", "", "model.summary(), or pip install pydot and Graphviz"),
    (r"No module named 'google\.colab'", "", "nothing: it is there on Colab alone"),
    (r"No module named 'tensorflow_addons'", "", "keras, which took over what was used most"),
)


def today_of(error: str, code: str) -> str:
    """Return what is written today in the place of a call that ends in this error; empty where not known."""
    for pattern, within, today in _KNOWN:
        if re.search(pattern, error) and re.search(within, code):
            return today
    return ""
