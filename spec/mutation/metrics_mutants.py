"""Faults of the metrics."""

from spec.mutation.mutant import Edit, Mutant
from spec.mutation.witnesses import CLAIMS, TF, parity, tests

METRICS = "nnspec.textbook.metrics:"
FACTS = (TF + "test_metrics.py",)


METRICS_MUTANTS = (
    Mutant(
        "threshold-of-the-training",
        "metrics",
        "An output counts as class 1 from 0.3 on, in the accuracy of the training.",
        [
            Edit(
                "nnspec.training.stacked.network:StackedNetwork._metric",
                "function = getattr(keras.metrics, name)",
                "of = getattr(keras.metrics, name); "
                'function = of if name != "binary_accuracy" else lambda y, p: of(y, p, threshold=0.3)',
            )
        ],
        CLAIMS,
        parity(),
    ),
    Mutant(
        "threshold-of-the-labels",
        "metrics",
        "A probability becomes class 1 from 0.3 on.",
        [Edit(METRICS + "labels", "np.round(values)", "(values > 0.3)")],
        FACTS,
        tests("test_metrics.py"),
    ),
    Mutant(
        "argmax-axis",
        "metrics",
        "The largest output is looked for among the examples and not among the classes.",
        [Edit(METRICS + "labels", "values.argmax(axis=1)", "values.argmax(axis=0)")],
        FACTS,
        tests("test_metrics.py"),
    ),
    Mutant(
        "transposed-confusion-matrix",
        "metrics",
        "The confusion matrix has the labels in rows and the true classes in columns.",
        [
            Edit(
                METRICS + "confusion_matrix",
                "true * count + predicted",
                "predicted * count + true",
            )
        ],
        FACTS,
        tests("test_metrics.py"),
    ),
)
