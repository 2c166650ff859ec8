"""Names of metrics as logs and sentences have them, and the names that Keras has for them."""

from __future__ import annotations

import re

_KERAS = {
    "acc": "accuracy",
    "binary_accuracy": "accuracy",
    "categorical_accuracy": "accuracy",
    "sparse_categorical_accuracy": "accuracy",
    "mae": "mean_absolute_error",
    "mse": "mean_squared_error",
    "rmse": "root_mean_squared_error",
    "mape": "mean_absolute_percentage_error",
    "msle": "mean_squared_logarithmic_error",
}
_OF_AN_OUTPUT = re.compile(r"(?P<output>.+)_(?P<metric>acc|mae|mse|rmse|mape|msle)")
_SETTINGS = {"lr", "learning_rate"}
_WORDS = {
    r"accurac(?:y|ies)|acc|accurate|accurately": "accuracy",
    r"root[ _]mean[ _]squared?[ _]error|rmse": "root_mean_squared_error",
    r"mean[ _]absolute[ _]error|mae": "mean_absolute_error",
    r"mean[ _]squared?[ _]error|mse": "mean_squared_error",
    r"(?:log[ _-]?)?loss": "loss",
    r"auc": "auc",
    r"precision": "precision",
    r"recall": "recall",
    r"f1(?:[ _-]?score)?": "f1_score",
}
_SHARES = {"accuracy", "auc", "precision", "recall", "f1_score"}
METRIC = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(_WORDS)})(?![A-Za-z])", re.I)
_ASKED = re.compile(r"(?<![A-Za-z])(?:target|threshold|goal|desired|required|min|patience)", re.I)
_DATA = re.compile(  # to train a model says nothing of examples
    r"(?<![A-Za-z])(val(?:id(?:ation)?)?|dev|test(?:ing)?|training|"
    r"train(?!\s+(?:an?|the|your|our|this|it|another)\b))(?![A-Za-z])",
    re.I,
)


def keras_name(printed: str) -> str:
    """Return the name that stands for a metric in every log: without a suffix, accuracies as `accuracy`.

    `val_acc_1` is `val_accuracy`, `mae` is `mean_absolute_error`, `output_1_loss` stays what it is.
    """
    name = printed.strip()
    prefix = "val_" if name.startswith("val_") else ""
    bare = re.sub(r"(?<!output)_\d+$", "", name.removeprefix("val_"))
    if split := _OF_AN_OUTPUT.fullmatch(bare):
        return f"{prefix}{split['output']}_{_KERAS[split['metric']]}"
    return prefix + _KERAS.get(bare, bare)


def is_figure(printed: str) -> bool:
    """Tell whether a name in a log is that of a figure, not of a setting such as the learning rate."""
    return printed.strip() not in _SETTINGS


def metric_of_word(word: str) -> str:
    """Return Keras's name for a metric that a sentence names."""
    for pattern, name in _WORDS.items():
        if re.fullmatch(pattern, word, re.I):
            return name
    return ""


def metric_in(name: str) -> str:
    """Return Keras's name for the metric in the name of a variable or a key; empty where there is none.

    `test_acc` is `accuracy`, `mae_1` is `mean_absolute_error`.
    """
    found = [] if is_asked(name) else METRIC.findall(name)
    return metric_of_word(found[-1]) if found else ""


def is_percentage(name: str, printed: str) -> bool:
    """Tell whether a metric that is a share is printed as a percentage, also where no sign says so."""
    return name in _SHARES and 1 < float(printed) <= 100


def is_asked(text: str) -> bool:
    """Tell whether a text speaks of a figure that is asked for, a threshold for example, not of a result."""
    return _ASKED.search(text) is not None


def data_in(text: str) -> str:
    """Return which examples a text names last: `test`, `validation` or `training`; empty where none."""
    found = _DATA.findall(text)
    if not found:
        return ""
    word = found[-1].lower()
    return "training" if word.startswith("train") else "test" if word.startswith("test") else "validation"
