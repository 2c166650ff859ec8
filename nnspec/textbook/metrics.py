"""Metrics of one model's predictions: labels, confusion matrix, accuracy, precision, recall, F1.

scikit-learn computes them; what is added is that predictions in the wrong form are turned away with
a message that says what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnspec.basics.arrays import real_numbers
from nnspec.basics.errors import InvalidValue, whole_number

Labels = NDArray[np.int64]
_MOST_CLASSES = 10_000  # their confusion matrix takes 800 MB


@dataclass(frozen=True)
class ClassificationMetrics:
    """Accuracy, precision, recall and F1, each a share of 1.

    With the classes 0 and 1 precision, recall and F1 are those of class 1, with more classes their
    unweighted mean over the classes (macro average). Where nothing was predicted or nothing was
    there, they are 0.
    """

    accuracy: float
    precision: float
    recall: float
    f1: float


def labels(probabilities: ArrayLike) -> Labels:
    """Return the predicted class of every example, (examples,) int64.

    Binary probabilities (examples,) or (examples, 1) are rounded at 0.5 as `tf.round` does, which
    takes exactly 0.5 to 0. Several outputs (examples, classes) give the class of the largest, the
    first one among equals as `tf.argmax` does; they may be probabilities, logits or one-hot targets.

    Raises
    ------
    InvalidValue
        If there are none, if any is NaN, or if binary probabilities lie outside 0 … 1.
    """
    values = _numbers("probabilities", probabilities)
    if values.ndim > 2 or values.ndim == 0:
        expected = "one model's predictions, (examples,) or (examples, classes)"
        raise InvalidValue("probabilities.shape", values.shape, expected, "choose a seed: predictions[0]")
    if values.ndim == 2 and values.shape[1] > 1:
        largest: Labels = values.argmax(axis=1).astype(np.int64)
        return largest
    if values.min() < 0 or values.max() > 1:
        outside = values[(values < 0) | (values > 1)][0]
        remedy = "raw outputs need a sigmoid first"
        raise InvalidValue("probabilities", float(outside), "probabilities between 0 and 1", remedy)
    return np.round(values).astype(np.int64).reshape(-1)


def confusion_matrix(y_true: ArrayLike, labels: ArrayLike, classes: int | None = None) -> Labels:
    """Return how many examples of each true class (rows) got each label (columns), (classes, classes).

    `classes` is the number of classes; None takes one more than the largest that occurs, as
    `tf.math.confusion_matrix` does.

    Raises
    ------
    InvalidValue
        If probabilities are handed in instead of labels, if there is a NaN or a negative number, if
        the lengths differ or are 0, or if a class is not below `classes` or not below 10,000.
    """
    true, predicted = _pair(y_true, labels)
    largest = int(max(true.max(), predicted.max()))
    count = largest + 1 if classes is None else whole_number("classes", classes)
    if count > _MOST_CLASSES:
        raise InvalidValue("classes", count, f"at most {_MOST_CLASSES}")
    if largest >= count:
        raise InvalidValue("classes", count, f"at least {largest + 1}, because class {largest} occurs")
    # scikit-learn's own warns where there is one class alone
    return np.bincount(true * count + predicted, minlength=count**2).reshape(count, count)


def classification_metrics(y_true: ArrayLike, labels: ArrayLike) -> ClassificationMetrics:
    """Return the metrics of labels (examples,) against true classes (examples,).

    Raises
    ------
    InvalidValue
        As `confusion_matrix` does.
    """
    from sklearn import metrics  # takes a second to import

    true, predicted = _pair(y_true, labels)
    average = "binary" if max(true.max(), predicted.max()) <= 1 else "macro"
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(
        true, predicted, average=average, zero_division=0.0
    )
    accuracy = metrics.accuracy_score(true, predicted)
    return ClassificationMetrics(float(accuracy), float(precision), float(recall), float(f1))


def classification_report(
    y_true: ArrayLike, labels: ArrayLike, class_names: Sequence[str] | None = None
) -> str:
    """Return scikit-learn's table of precision, recall, F1 and support for every class, as text.

    `class_names` are the names of the classes 0, 1, …; None prints the numbers that occur.

    Raises
    ------
    InvalidValue
        As `confusion_matrix` does, and if there are fewer names than classes.
    """
    from sklearn import metrics  # takes a second to import

    true, predicted = _pair(y_true, labels)
    numbers = None
    if class_names is not None:
        listed = isinstance(class_names, Sequence) and not isinstance(class_names, str)
        if not listed or not all(isinstance(name, str) for name in class_names):
            raise InvalidValue("class_names", class_names, "a list of names")
        numbers, largest = np.arange(len(class_names)), int(max(true.max(), predicted.max()))
        if largest >= len(class_names):
            raise InvalidValue("class_names", class_names, f"at least {largest + 1} names")
    text: str = metrics.classification_report(
        true, predicted, labels=numbers, target_names=class_names, zero_division=0.0
    )
    return text


def _pair(y_true: ArrayLike, labels: ArrayLike) -> tuple[Labels, Labels]:
    true, predicted = _classes("y_true", y_true), _classes("labels", labels)
    if len(true) != len(predicted):
        raise InvalidValue("labels", f"{len(predicted)} labels", f"{len(true)}, one for each of y_true")
    return true, predicted


def _classes(name: str, values: ArrayLike) -> Labels:
    """Return values (examples,) or (examples, 1) as class numbers (examples,)."""
    array = _numbers(name, values)
    remedy = "nnspec.textbook.labels() turns probabilities and one-hot targets into labels"
    if array.ndim not in (1, 2) or (array.ndim == 2 and array.shape[1] != 1):
        raise InvalidValue(f"{name}.shape", array.shape, "one class number per example, (examples,)", remedy)
    fractions = array[array != np.floor(array)]
    if len(fractions):
        expected = "class numbers 0, 1, …: binary labels cannot be compared with continuous probabilities"
        raise InvalidValue(name, float(fractions[0]), expected, remedy)
    if array.min() < 0:
        raise InvalidValue(name, float(array.min()), "class numbers 0, 1, …, none of them negative")
    if array.max() >= _MOST_CLASSES:
        raise InvalidValue(name, int(array.max()), f"class numbers below {_MOST_CLASSES}")
    return array.astype(np.int64).reshape(-1)


def _numbers(name: str, values: ArrayLike) -> NDArray[np.float64]:
    array = real_numbers(name, values)
    if array.size == 0:
        raise InvalidValue(f"{name}.shape", array.shape, "at least one example")
    numbers = array.astype(np.float64)
    if not np.isfinite(numbers).all():
        raise InvalidValue(name, "NaN or infinity", "finite numbers", "did the training diverge?")
    return numbers
