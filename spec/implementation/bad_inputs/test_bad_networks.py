"""Wrong networks and labels: what metrics, passes, losses, perceptron and runs are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from nnspec import (
    Adam,
    BatchNormalization,
    BinaryCrossentropy,
    Dense,
    Recipe,
    SparseCategoricalCrossentropy,
    StraightLine,
)
from nnspec.recipes.losses import CategoricalCrossentropy, MeanSquaredError
from nnspec.runs.runs import concatenate
from nnspec.textbook import metrics, perceptron, perceptron_bound
from nnspec.textbook.backpropagation import forward_looped, forward_pass, gradients, total_loss
from nnspec.textbook.forward import forward
from nnspec.textbook.loss_functions import loss_and_derivative, penalty_and_derivative
from spec.implementation.bad_inputs.cases import INFINITY, NAN, Case, refused, runs, table

ANY: Any = None
RAGGED: Any = [[1, 2], [3]]
SAME_LENGTH = "numbers in rows of the same length"
LAYERS = [Dense(1, "sigmoid")]
WEIGHTS = [np.ones((2, 1)), np.zeros(1)]
STACK = [np.ones((3, 2, 1)), np.ones((3, 1))]
X, Y = np.array([[0.0, 1], [1, 0], [2, 2]]), np.array([0, 1, 1])
RECIPE = Recipe(StraightLine(), [Dense(1)], "mae", Adam(), epochs=3)
RUNS = runs(RECIPE)
TRACED = replace(RUNS, history={"loss": np.ones((3, 3), np.float32)})

METRICS: list[Case] = [
    (lambda: metrics.labels([]), "probabilities.shape=(0,)", "at least one example"),
    (lambda: metrics.labels(RAGGED), "probabilities=[[1, 2], [3]]", SAME_LENGTH),
    (lambda: metrics.labels("high"), "probabilities.dtype='<U4'", "real numbers"),
    (lambda: metrics.labels(ANY), "probabilities.dtype='object'", "real numbers"),
    (lambda: metrics.labels(0.7), "probabilities.shape=()", "one model's predictions"),
    (lambda: metrics.labels(np.ones((2, 3, 4))), "probabilities.shape=(2, 3, 4)", "one model's predictions"),
    (lambda: metrics.labels([0.5, NAN]), "probabilities='NaN or infinity'", "finite numbers"),
    (lambda: metrics.labels([-0.2, 0.5]), "probabilities=-0.2", "probabilities between 0 and 1"),
    (lambda: metrics.labels([0.2j]), "probabilities.dtype='complex128'", "real numbers"),
    (lambda: metrics.confusion_matrix([0, 1], [0]), "labels='1 labels'", "2, one for each of y_true"),
    (lambda: metrics.confusion_matrix([0, 1], [0, 0.7]), "labels=0.7", "class numbers 0, 1, …"),
    (lambda: metrics.confusion_matrix([0, -1], [0, 1]), "y_true=-1.0", "none of them negative"),
    (lambda: metrics.confusion_matrix(np.eye(3), [0, 1, 2]), "y_true.shape=(3, 3)", "one class number"),
    (lambda: metrics.confusion_matrix([0, 3], [0, 1], classes=3), "classes=3", "at least 4"),
    (lambda: metrics.confusion_matrix([0, 1], [0, 1], classes=0), "classes=0", "a positive whole number"),
    (lambda: metrics.confusion_matrix([0, 10**9], [0, 1]), "y_true=1000000000", "class numbers below 10000"),
    (lambda: metrics.confusion_matrix([0, 1e300], [0, 1]), "y_true=1", "class numbers below 10000"),
    (lambda: metrics.confusion_matrix([0, 1], [0, 1], classes=10**9), "classes=1000000000", "at most 10000"),
    (lambda: metrics.confusion_matrix(["cat"], ["dog"]), "y_true.dtype='<U3'", "real numbers"),
    (lambda: metrics.classification_metrics(RAGGED, [0, 1]), "y_true=[[1, 2], [3]]", SAME_LENGTH),
    (lambda: metrics.classification_metrics([], []), "y_true.shape=(0,)", "at least one example"),
    (lambda: metrics.classification_report([0, 2], [0, 1], ["a", "b"]), "class_names=['a', 'b']", "at least 3"),
    (lambda: metrics.classification_report([0, 1], [0, 1], 5), "class_names=5", "a list of names"),  # type: ignore[arg-type]
    (lambda: metrics.classification_report([0, 1], [0, 1], "ab"), "class_names='ab'", "a list of names"),
    (lambda: metrics.classification_report([0, 1], [0, 1], [1, 2]), "class_names=[1, 2]", "a list of names"),  # type: ignore[list-item]
    (lambda: metrics.labels([0.3, 1.7]), "=1.7", "probabilities between 0 and 1; "),
    (lambda: metrics.labels([[-0.2], [0.5]]), "probabilities=-0.2", "probabilities between 0 and 1"),
    (lambda: metrics.labels(np.full((2, 3, 1), 0.5)), "probabilities.shape=(2, 3, 1)", "predictions[0]"),
    (lambda: metrics.labels([[]]), "probabilities", ""),
    (lambda: metrics.labels([[0.5, NAN]]), "probabilities", ""),
    (lambda: metrics.confusion_matrix([0, 2], [0, 1], classes=2), "classes=2", "at least 3, because class 2 occurs"),
    *[
        case
        for metric in (metrics.confusion_matrix, metrics.classification_metrics, metrics.classification_report)
        for case in (
            ((lambda f=metric: f([1, 0], [0.98, 0.02])), "labels=0.98", "; nnspec.textbook.labels() turns"),
            ((lambda f=metric: f(np.eye(2), [0, 1])), "y_true.shape=(2, 2)", "one class number"),
            ((lambda f=metric: f([1, 0], [1.0, NAN])), "labels='NaN or infinity'", "finite"),
            ((lambda f=metric: f([1, 0], [1.0, INFINITY])), "labels='NaN or infinity'", "finite"),
            ((lambda f=metric: f([1, 0, 1], [1, 0])), "labels='2 labels'", "3"),
            ((lambda f=metric: f([], [])), "y_true.shape=(0,)", "at least one example"),
            ((lambda f=metric: f([-1, 1], [0, 1])), "y_true=-1.0", "none of them negative"),
            ((lambda f=metric: f([0, 1], ["cat", "dog"])), "labels.dtype='<U3'", "real numbers"),
        )
    ],
]  # fmt: skip

NETWORKS: list[Case] = [
    (lambda: forward_pass([], [], X), "layers=[]", "at least one layer"),
    (lambda: forward_pass(LAYERS, WEIGHTS[:1], X), "len(weights)=1", "2, a kernel and a bias"),
    (lambda: forward_pass(LAYERS, WEIGHTS, X[0]), "x.shape=(2,)", "(examples, inputs)"),
    (lambda: forward_pass(LAYERS, WEIGHTS, X[:0]), "x.shape=(0, 2)", "(examples, inputs)"),
    (lambda: forward_pass(LAYERS, WEIGHTS, RAGGED), "x=[[1, 2], [3]]", SAME_LENGTH),
    (lambda: forward_pass(LAYERS, WEIGHTS, [["a", "b"]]), "x.dtype='<U1'", "real numbers"),
    (lambda: forward_pass(LAYERS, [RAGGED, [0]], X), "weights[0]=[[1, 2], [3]]", SAME_LENGTH),
    (lambda: forward_pass(LAYERS, [np.ones((3, 1)), np.zeros(1)], X), "shapes of kernel and bias", "(2, 1) and (1,)"),
    (lambda: forward_looped(["relu"], WEIGHTS, X), "layer='str'", "Dense"),  # type: ignore[list-item]
    (lambda: gradients(LAYERS, WEIGHTS, X, [0, 1], BinaryCrossentropy()), "y.shape=(2,)", "(3, 1)"),
    (lambda: gradients(LAYERS, WEIGHTS, X, Y, "mse"), "loss='mse'", "one of the losses"),  # type: ignore[arg-type]
    (lambda: total_loss(LAYERS, WEIGHTS, X, [0, 1, NAN], MeanSquaredError()), "y='NaN or infinity'", "finite targets"),
    (lambda: total_loss(LAYERS, WEIGHTS, X, RAGGED, MeanSquaredError()), "y=[[1, 2], [3]]", SAME_LENGTH),
    (lambda: loss_and_derivative(MeanSquaredError(), [0], []), "outputs.shape=(0,)", "(examples, outputs)"),
    (lambda: loss_and_derivative(MeanSquaredError(), [0], [["a"]]), "outputs.dtype='<U1'", "real numbers"),
    (lambda: loss_and_derivative(SparseCategoricalCrossentropy(), [2], [[0.5, 0.5]]), "labels[0]=2", "0 to 1"),
    (lambda: loss_and_derivative(CategoricalCrossentropy(), [[1, 1]], [[0.5, 0.5]]), "y=[1.0, 1.0]", "one-hot rows"),
    (lambda: loss_and_derivative(ANY, [0], [[1.0]]), "loss=None", "one of the losses"),
    (lambda: penalty_and_derivative(ANY, [["a"]]), "kernel.dtype='<U1'", "real numbers"),
    (lambda: forward([Dense(1)], STACK, X[0]), "x.shape=(2,)", "at least two axes"),
    (lambda: forward([Dense(1)], STACK, RAGGED), "x=[[1, 2], [3]]", SAME_LENGTH),
    (lambda: forward([Dense(1)], STACK, X[:, :1]), "x.shape=(3, 1)", "2 inputs"),
    (lambda: forward([Dense(1)], [], X), "len(weights)=0", "2, a kernel and a bias"),
    (lambda: RUNS.metric("acc"), "metric='acc'", "one of accuracy"),
    (lambda: RUNS.epoch("loss", 1), "history='loss'", "nothing, because these runs have no history"),
    (lambda: perceptron.fit(X, Y, seed=-1), "seed=-1", "a whole number, 0 or more"),
    (lambda: perceptron.fit(X, [0, 1, 2], seed=0), "y=2", "labels 0 and 1"),
    (lambda: perceptron.fit(X, [0, 1], seed=0), "y.shape=(2,)", "one label per example"),
    (lambda: perceptron.fit(X * NAN, Y, seed=0), "x='NaN or infinity'", "finite numbers"),
    (lambda: perceptron.fit(RAGGED, Y, seed=0), "x=[[1, 2], [3]]", SAME_LENGTH),
    (lambda: perceptron.fit(X, Y, seed=0, passes=0), "passes=0", "a positive whole number"),
    (lambda: perceptron.fit(X, Y, seed=0, learning_rate=0), "learning_rate=0", "above 0"),
    (lambda: perceptron.fit(X, [[0, 1], [1], [0]], seed=0), "y=[[0, 1], [1], [0]]", SAME_LENGTH),
    (lambda: perceptron.fit(X, Y, seed=0).predict(X[:, :1]), "x.shape=(3, 1)", "2 features per example"),
    (lambda: perceptron_bound.margin(X, Y, [1, NAN, 0]), "direction=[1.0, nan, 0.0]", "finite numbers"),
    (lambda: perceptron_bound.margin(X, Y, "up"), "direction.dtype='<U2'", "real numbers"),
    (lambda: perceptron_bound.separating_direction(X[[0, 0]], [0, 1]), "overlap or touch", "linearly separable"),
    (lambda: perceptron_bound.update_bound(X, Y, [0, 0, -1]), "direction=[0, 0, -1]", "one that separates"),
    (lambda: forward([Dense(1)], STACK, np.ones(3)), "x.shape=(3,)", "(examples, …), "),
    (lambda: forward([Dense(1)], STACK, np.ones(3)), "x.shape=(3,)", "; one example alone is x[None]"),
    (lambda: forward([Dense(1)], STACK, np.ones((4, 5, 2))), "x.shape=(4, 5, 2)", "; put Flatten() in front"),
    (lambda: forward([Dense(1)], STACK[:1], X), "len(weights)=1", "2, a kernel and a bias"),
    (lambda: forward([Dense(1)], [*STACK, STACK[0]], X), "len(weights)=3", "2, a kernel and a bias"),
    (lambda: forward([BatchNormalization(), Dense(1)], STACK, X), "'BatchNormalization'", "Dense, Dropout or Flatten"),
    (lambda: loss_and_derivative(MeanSquaredError(), [1, 2], [[1.0, 2.0]]), "y.shape=(2,)", "(1, 2), the shape"),
    (lambda: loss_and_derivative(MeanSquaredError(), [1.0], [1.0]), "outputs.shape=(1,)", "(examples, outputs)"),
    (lambda: loss_and_derivative(MeanSquaredError(), [NAN], [[1.0]]), "y='NaN or infinity'", "finite"),
    (lambda: loss_and_derivative(MeanSquaredError(), ["a"], [[1.0]]), "y.dtype='<U1'", "real numbers"),
    (lambda: loss_and_derivative(SparseCategoricalCrossentropy(), [[0, 1]], [[0.5, 0.5]]), "", "CategoricalCrossentropy"),
    (lambda: loss_and_derivative("mse", [1.0], [[1.0]]), "loss='mse'", "one of the losses of nnspec"),  # type: ignore[arg-type]
    (lambda: perceptron.fit(X, [-1, -1, 1], seed=0), "y=-1", "labels 0 and 1; -1 and 1 become 0 and 1 by (y + 1) / 2"),
    (lambda: perceptron.fit(X, [0.0, 0.5, 1.0], seed=0), "y=0.5", "labels 0 and 1"),
    (lambda: perceptron.fit(X, [0.0, NAN, 1.0], seed=0), "y=nan", "labels 0 and 1"),
    (lambda: perceptron.fit(X, ["a", "b", "a"], seed=0), "y.dtype='<U1'", "real numbers"),
    (lambda: perceptron.fit(X, Y[:, None], seed=0), "y.shape=(3, 1)", "(3,)"),
    (lambda: perceptron.fit(X[:, 0], Y, seed=0), "x.shape=(3,)", "(examples, features)"),
    (lambda: perceptron.fit(X[:0], [], seed=0), "x.shape=(0, 2)", "at least one of each"),
    (lambda: perceptron.fit(X + INFINITY, Y, seed=0), "x='NaN or infinity'", "finite numbers"),
    (lambda: perceptron.fit(X.astype(str), Y, seed=0), "x.dtype='<U", "real numbers"),
    (lambda: perceptron.fit(X, Y, seed=0, initial_deviation=-0.1), "initial_deviation=-0.1", "a finite number at least 0"),
    (lambda: perceptron_bound.margin(X, Y, [1.0, 1.0]), "direction.shape=(2,)", "(3,), the weights and"),
    (lambda: perceptron_bound.margin(X, Y, [0.0, 0.0, 0.0]), "direction=[0.0, 0.0, 0.0]", "finite numbers, not all"),
    (lambda: concatenate([]), "parts=[]", "the runs of at least one seed"),
    (lambda: concatenate([RUNS, replace(RUNS, recipe=RECIPE.with_epochs(4))]), "4 epochs", "runs of one recipe, here "),
    *[
        ((lambda epoch=epoch: TRACED.epoch("loss", epoch)), "epoch=", "a whole number from 1 to 3, or -1 for the last")
        for epoch in (0, 4, -4, 1.0, 1.5, True, "1", None, np.float64(1))
    ],
]  # fmt: skip


@table([*METRICS, *NETWORKS])
def test_wrong_networks_and_labels_are_refused(call: Callable[[], Any], received: str, expected: str) -> None:
    refused(call, received, expected)
