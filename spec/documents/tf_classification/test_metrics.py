"""More evaluation methods, on the 200 labels and probabilities that the document prints."""

import numpy as np
import pytest

from nnspec import fact
from nnspec.plots import confusion
from nnspec.textbook import classification_metrics, classification_report, confusion_matrix, labels
from spec.documents.tf_classification.printed import LABELS, PROBABILITIES
from spec.sources import TF_CLASSIFICATION

PLACE = TF_CLASSIFICATION.at("More classification evaluation methods", "model_10 on the test part")


@fact("tfc-confusion-needs-labels", source=PLACE)
def test_a_confusion_matrix_takes_rounded_predictions_and_rejects_probabilities(evidence):
    """scikit-learn's confusion matrix rejects probabilities and takes them rounded: [[99, 2], [0, 99]]."""
    from sklearn.metrics import confusion_matrix as of_sklearn

    with pytest.raises(ValueError, match="binary and continuous") as rejected:
        of_sklearn(LABELS, PROBABILITIES)
    assert of_sklearn(LABELS, np.round(PROBABILITIES)).tolist() == [[99, 2], [0, 99]]
    assert confusion_matrix(LABELS, labels(PROBABILITIES)).tolist() == [[99, 2], [0, 99]]
    evidence.note(f"scikit-learn says: {rejected.value}")


@fact("tfc-metrics", source=PLACE)
def test_accuracy_precision_recall_and_f1_follow_from_the_matrix():
    """Accuracy is 0.99; precision, recall and F1 follow from the confusion matrix."""
    found = classification_metrics(LABELS, labels(PROBABILITIES))
    assert found.accuracy == pytest.approx(198 / 200)
    assert found.precision == pytest.approx(99 / 101)
    assert found.recall == pytest.approx(99 / 99)
    assert found.f1 == pytest.approx(2 * 99 / (2 * 99 + 2))
    report = classification_report(LABELS, labels(PROBABILITIES))
    assert all(word in report for word in ("precision", "recall", "f1-score", "0.99"))


@fact("tfc-confusion-plot", source=PLACE, kind="picture")
def test_the_confusion_matrix_is_drawn_with_counts_and_shares(evidence):
    """The confusion matrix with counts and row percentages, with and without class names."""
    predicted = labels(PROBABILITIES)
    for names in (None, ["outer circle", "inner circle"]):
        figure = confusion(LABELS, predicted, class_names=names)
        axes = figure.axes[0]
        written = " ".join(text.get_text() for text in axes.texts)
        assert all(part in written for part in ("99", "2", "98.0", "100.0"))
        assert [tick.get_text() for tick in axes.get_xticklabels()] == (names or ["0", "1"])
        evidence.picture("Confusion matrix of model_10", figure)
