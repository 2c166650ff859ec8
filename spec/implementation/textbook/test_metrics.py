"""Labels, confusion matrix and metrics, and the messages for predictions in the wrong form."""

from __future__ import annotations

import numpy as np
import pytest

from nnspec.textbook.metrics import (
    ClassificationMetrics,
    classification_metrics,
    classification_report,
    confusion_matrix,
    labels,
)

TRUE = [0, 0, 0, 1, 1, 1, 1, 1]
PREDICTED = [0, 0, 1, 1, 1, 1, 0, 0]

THREE_TRUE = [0, 0, 1, 1, 2, 2]
THREE_PREDICTED = [0, 1, 1, 1, 2, 0]


def test_binary_probabilities_are_rounded_at_one_half() -> None:
    found = labels([0.0, 0.49, 0.51, 1.0])
    assert found.tolist() == [0, 0, 1, 1]
    assert found.dtype == np.int64


def test_exactly_one_half_goes_to_class_0_as_with_tf_round() -> None:
    assert labels([0.5]).tolist() == [0]


def test_a_column_of_probabilities_gives_one_label_per_example() -> None:
    assert labels(np.array([[0.9], [0.2]], np.float32)).tolist() == [1, 0]


def test_several_outputs_give_the_class_of_the_largest() -> None:
    assert labels([[0.1, 0.7, 0.2], [0.4, 0.3, 0.3]]).tolist() == [1, 0]


def test_logits_and_one_hot_targets_give_classes_too() -> None:
    assert labels([[-5.0, -1.0], [3.0, 2.0]]).tolist() == [1, 0]
    assert labels(np.eye(3)).tolist() == [0, 1, 2]


def test_the_first_of_equal_outputs_wins() -> None:
    assert labels([[0.2, 0.4, 0.4]]).tolist() == [1]


def test_the_confusion_matrix_has_true_classes_in_rows_and_labels_in_columns() -> None:
    assert confusion_matrix(TRUE, PREDICTED).tolist() == [[2, 1], [2, 3]]


def test_a_class_that_does_not_occur_has_its_row_and_column() -> None:
    assert confusion_matrix([0, 2], [0, 2]).tolist() == [[1, 0, 0], [0, 0, 0], [0, 0, 1]]
    assert confusion_matrix([0, 1], [0, 1], classes=3).tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 0]]


def test_binary_metrics_are_those_of_class_1() -> None:
    # 3 of 4 labelled 1 are 1, 3 of 5 ones were found; F1 = 2 · 3 / (4 + 5)
    found = classification_metrics(TRUE, PREDICTED)
    assert (found.accuracy, found.precision, found.recall) == (5 / 8, 3 / 4, 3 / 5)
    assert found.f1 == pytest.approx(2 / 3)


def test_metrics_of_more_classes_are_means_over_the_classes() -> None:
    found = classification_metrics(THREE_TRUE, THREE_PREDICTED)
    assert found.accuracy == pytest.approx(4 / 6)
    assert found.precision == pytest.approx((1 / 2 + 2 / 3 + 1) / 3)
    assert found.recall == pytest.approx((1 / 2 + 1 + 1 / 2) / 3)
    assert found.f1 == pytest.approx((1 / 2 + 4 / 5 + 2 / 3) / 3)


def test_nothing_labelled_1_gives_zeros_and_no_warning() -> None:
    assert classification_metrics([0, 1], [0, 0]) == ClassificationMetrics(0.5, 0.0, 0.0, 0.0)


def test_floats_bools_and_columns_that_hold_classes_are_taken() -> None:
    expected = confusion_matrix(TRUE, PREDICTED).tolist()
    columns = np.array(TRUE, np.float32)[:, None], np.array(PREDICTED, np.float32)[:, None]
    assert confusion_matrix(*columns).tolist() == expected
    assert confusion_matrix(np.array(TRUE, bool), np.array(PREDICTED, bool)).tolist() == expected


def test_the_report_has_a_line_for_every_class() -> None:
    lines = classification_report(TRUE, PREDICTED, ["outside", "inside"]).splitlines()
    assert lines[0].split() == ["precision", "recall", "f1-score", "support"]
    assert lines[2].split() == ["outside", "0.50", "0.67", "0.57", "3"]
    assert lines[3].split() == ["inside", "0.75", "0.60", "0.67", "5"]


def test_the_report_numbers_classes_without_names() -> None:
    assert classification_report(TRUE, PREDICTED).splitlines()[3].split()[0] == "1"
