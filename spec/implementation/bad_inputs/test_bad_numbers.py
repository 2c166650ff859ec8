"""Wrong numbers: what the functions on plain arrays are told of shapes, dtypes, NaN, classes and settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from nnspec import Adam, BinaryCrossentropy, Dense, Recipe, SparseCategoricalCrossentropy, StraightLine
from nnspec.data.encoding import decode_review, multi_hot, one_hot
from nnspec.recipes.losses import CategoricalCrossentropy, MeanSquaredError
from nnspec.statistics.figures import place
from nnspec.statistics.power import power, resolution
from nnspec.statistics.rank_tests import holm
from nnspec.statistics.shares import decide, share_interval
from nnspec.textbook import metrics, perceptron
from nnspec.textbook.activations import BY_NAME, softmax, softmax_jacobian_product
from nnspec.textbook.backpropagation import forward_looped, forward_pass, gradients, total_loss
from nnspec.textbook.forward import forward
from nnspec.textbook.initialization import glorot_normal, glorot_uniform, glorot_variance
from nnspec.textbook.learning_rate import RULES, exponential_sweep
from nnspec.textbook.loss_functions import loss_and_derivative, penalty_and_derivative
from spec.implementation.bad_inputs.cases import INFINITY, NAN, Case, refused, runs, table

ANY: Any = None
RAGGED: Any = [[1, 2], [3]]
SAME_LENGTH = "numbers in rows of the same length"
LAYERS = [Dense(1, "sigmoid")]
WEIGHTS = [np.ones((2, 1)), np.zeros(1)]
X, Y = np.array([[0.0, 1], [1, 0], [2, 2]]), np.array([0, 1, 1])
RUNS = runs(Recipe(StraightLine(), [Dense(1)], "mae", Adam(), epochs=1))
RNG = np.random.default_rng(0)
POWER: dict[str, Any] = {"most_seeds": 64, "at_a_time": 64}

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
]  # fmt: skip

STATISTICS: list[Case] = [
    (lambda: share_interval(5, 4, 0.1), "successes=5", "at most the number of seeds, 4"),
    (lambda: share_interval(1, 4, 1), "error_rate=1", "strictly between 0 and 1"),
    (lambda: share_interval(-1, 4, 0.1), "successes=-1", "0 or more"),
    (lambda: share_interval(1.5, 4, 0.1), "successes=1.5", "a whole number"),  # type: ignore[arg-type]
    (lambda: decide(1, 2, 1.0, 0.1), "share=1.0", "strictly between 0 and 1"),
    (lambda: decide(1, 2, NAN, 0.1), "share=nan", "a finite number"),
    (lambda: decide(1, 2, 0.9, -0.1), "error_rate=-0.1", "strictly between 0 and 1"),
    (lambda: place(0.5, []), "values=[]", "at least one finite value"),
    (lambda: place(0.5, [NAN, INFINITY]), "values=[nan, inf]", "at least one finite value"),
    (lambda: place(NAN, [1.0]), "documented=nan", "a finite number"),
    (lambda: place(0.5, ["a"]), "values.dtype='<U1'", "real numbers"),
    (lambda: place(0.5, RAGGED), "values=[[1, 2], [3]]", SAME_LENGTH),
    (lambda: place(0.5, np.ones((2, 2))), "values.shape=(2, 2)", "one value per seed, (seeds,)"),
    (lambda: holm([0.1, 1.2]), "p_values[1]=1.2", "at most 1"),
    (lambda: holm([NAN]), "p_values[0]=nan", "a finite number"),
    (lambda: holm(ANY), "p_values=None", "a list of p-values"),
    (lambda: power(1.5, 0.9, 0.1, **POWER), "true_share=1.5", "at most 1"),
    (lambda: power(0.5, 0.0, 0.1, **POWER), "share=0.0", "strictly between 0 and 1"),
    (lambda: power(0.5, 0.9, 0.0, **POWER), "error_rate=0.0", "strictly between 0 and 1"),
    (lambda: power(0.5, 0.9, ANY, **POWER), "error_rate=None", "a finite number"),
    (lambda: power(0.5, 0.9, [0.1], **POWER), "error_rate=[0.1]", "a finite number"),  # type: ignore[arg-type]
    (lambda: power(0.5, 0.9, 0.1, most_seeds=0, at_a_time=8), "most_seeds=0", "a positive whole number"),
    (lambda: power(0.5, 0.9, 0.1, most_seeds=8, at_a_time=-8), "at_a_time=-8", "a positive whole number"),
    (lambda: power(0.5, 0.9, 0.1, most_seeds=4000, at_a_time=2000), "at_a_time=2000", "at most 1000"),
    (lambda: power(0.5, 0.9, 0.1, most_seeds=10**9, at_a_time=64), "most_seeds=1000000000", "at most 100000"),
    (lambda: resolution(0.9, 0.1, chance=2, **POWER), "chance=2", "at most 1"),
    (lambda: resolution(0.9, 0.1, chance=ANY, **POWER), "chance=None", "a finite number"),
    (lambda: resolution(1.0, 0.1, **POWER), "share=1.0", "strictly between 0 and 1"),
]  # fmt: skip

SWEEPS: list[Case] = [
    (lambda: exponential_sweep(0, 20, 100), "start=0", "a finite number above 0"),
    (lambda: exponential_sweep(1e-4, -20, 100), "tenfold_every=-20", "a finite number above 0"),
    (lambda: exponential_sweep(1e-4, 20, 0), "epochs=0", "a positive whole number"),
    (lambda: exponential_sweep(1e-4, 0.1, 100), "tenfold_every=0.1", "below 1e308"),
    *[
        case
        for rule in RULES.values()
        for case in (
            ((lambda rule=rule: rule([], [[]])), "learning_rates.shape=(0,)", "(epochs,)"),
            ((lambda rule=rule: rule([[0.1]], [[1]])), "learning_rates.shape=(1, 1)", "(epochs,)"),
            ((lambda rule=rule: rule(np.full(12, 0.1), np.ones((1, 12)))), "learning_rates=[", "each above the one"),
            ((lambda rule=rule: rule(np.arange(12), np.ones((1, 12)))), "learning_rates=[0", "positive rates"),
            ((lambda rule=rule: rule(np.arange(1, 13), np.ones(12))), "losses.shape=(12,)", "(seeds, 12)"),
            ((lambda rule=rule: rule(np.arange(1, 13), np.ones((2, 11)))), "losses.shape=(2, 11)", "(seeds, 12)"),
            ((lambda rule=rule: rule(["a"] * 12, np.ones((1, 12)))), "learning_rates.dtype='<U1'", "real numbers"),
            ((lambda rule=rule: rule(np.arange(1, 13), RAGGED)), "losses=[[1, 2], [3]]", SAME_LENGTH),
        )
    ],
]  # fmt: skip

VECTORS: list[Case] = [
    (lambda: one_hot([0, 3], 3), "labels[1]=3", "a whole number from 0 to 2"),
    (lambda: one_hot([0, -1], 3), "labels[1]=-1", "a whole number from 0 to 2"),
    (lambda: one_hot([0, NAN], 3), "labels[1]=nan", "a whole number from 0 to 2"),
    (lambda: one_hot([[0, 1]], 3), "labels.shape=(1, 2)", "one axis"),
    (lambda: one_hot(RAGGED, 3), "labels=[[1, 2], [3]]", SAME_LENGTH),
    (lambda: one_hot(["a"], 3), "labels.dtype='<U1'", "numbers"),
    (lambda: one_hot([0], 0), "classes=0", "a positive whole number"),
    (lambda: multi_hot([[1, 9]], 5), "sequences[0][1]=9", "a whole number from 0 to 4"),
    (lambda: multi_hot(5, 5), "sequences=5", "a list of sequences"),  # type: ignore[arg-type]
    (lambda: multi_hot([[1], "ab"], 5), "sequences[1].shape=()", "one axis"),
    (lambda: multi_hot([[1]], ANY), "dimension=None", "a positive whole number"),
    (lambda: decode_review(ANY, {}), "indices=None", "a list of whole numbers"),
    (lambda: decode_review([1.5], {}), "indices[0]=1.5", "a whole number, 0 or more"),
    (lambda: decode_review([4], ["good"]), "word_index=['good']", "a mapping of words to ranks"),  # type: ignore[arg-type]
    (lambda: decode_review([4], {"good": [1]}), "word_index={'good': [1]}", "a whole number for every word"),  # type: ignore[dict-item]
    (lambda: decode_review([4], {"good": 1, "bad": 1}), "word_index={'good': 1}", "a rank of its own"),
    (lambda: decode_review([4], {}, offset=-1), "offset=-1", "0 or more"),
    *[
        case
        for function in BY_NAME.values()
        for case in (
            ((lambda f=function: f("high")), "x.dtype='<U4'", "real numbers"),
            ((lambda f=function: f(RAGGED)), "x=[[1, 2], [3]]", SAME_LENGTH),
            ((lambda f=function: f([1j])), "x.dtype='complex128'", "real numbers"),
        )
    ],
    (lambda: softmax_jacobian_product([1.0, 2.0], ["a", "b"]), "vector.dtype='<U1'", "real numbers"),
    (lambda: softmax_jacobian_product([1.0, 2.0], [1.0]), "vector.shape=(1,)", "(2,), the shape of x"),
    (lambda: softmax([1.0, 2.0], axis=1), "axis=1", "a whole number from -1 to 0"),
    (lambda: softmax(X, axis=ANY), "axis=None", "a whole number from -2 to 1"),
    (lambda: glorot_variance(0, 3), "fan_in=0", "a positive whole number"),
    (lambda: glorot_uniform(2, 3, rng=ANY), "rng=None", "a NumPy random generator"),
    (lambda: glorot_normal(2, 3, rng=42), "rng=42", "a NumPy random generator"),  # type: ignore[arg-type]
    (lambda: glorot_normal(2, 2.5, rng=RNG), "fan_out=2.5", "a positive whole number"),  # type: ignore[arg-type]
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
    (lambda: forward([Dense(1)], [np.ones((3, 2, 1)), np.ones((3, 1))], X[0]), "x.shape=(2,)", "at least two axes"),
    (lambda: forward([Dense(1)], [np.ones((3, 2, 1)), np.ones((3, 1))], RAGGED), "x=[[1, 2], [3]]", SAME_LENGTH),
    (lambda: forward([Dense(1)], [np.ones((3, 2, 1)), np.ones((3, 1))], X[:, :1]), "x.shape=(3, 1)", "2 inputs"),
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
    (lambda: perceptron.margin(X, Y, [1, NAN, 0]), "direction=[1.0, nan, 0.0]", "finite numbers"),
    (lambda: perceptron.margin(X, Y, "up"), "direction.dtype='<U2'", "real numbers"),
    (lambda: perceptron.separating_direction(X[[0, 0]], [0, 1]), "overlap or touch", "linearly separable"),
    (lambda: perceptron.update_bound(X, Y, [0, 0, -1]), "direction=[0, 0, -1]", "one that separates"),
]  # fmt: skip


@table([*METRICS, *STATISTICS, *SWEEPS, *VECTORS, *NETWORKS])
def test_wrong_numbers_are_refused(call: Callable[[], Any], received: str, expected: str) -> None:
    refused(call, received, expected)
