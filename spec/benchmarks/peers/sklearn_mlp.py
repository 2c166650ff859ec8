"""scikit-learn's `MLPClassifier`, one seed at a time."""

from __future__ import annotations

import warnings

from nnspec import Recipe
from spec.benchmarks.interleaved import Round, timed
from spec.benchmarks.peers import binary_classifier


class SklearnMLP:
    """`MLPClassifier.fit` with Adam, all epochs and no penalty.

    Its biases begin at zero, as everywhere else, not at its own uniform values.
    """

    libraries = ("scikit-learn",)

    def __init__(self, recipe: Recipe) -> None:
        self._work = binary_classifier.of(recipe)

    def compile(self) -> float:
        """Fit an epoch, so that nothing is imported for the first time; nothing is compiled."""
        self._fit(0, epochs=1)
        return 0.0

    def train(self, number: int) -> Round:
        """Train the seed of a round."""
        seconds, classifier = timed(self._fit, number, self._work.epochs)
        if classifier.n_iter_ != self._work.epochs:
            raise ValueError(f"n_iter_={classifier.n_iter_}; expected all {self._work.epochs} epochs")
        accuracy = classifier.score(self._work.x, self._work.y)
        return Round(seconds, 1, self._work.epochs, (float(accuracy),))

    def _fit(self, seed: int, epochs: int):
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.neural_network import MLPClassifier

        class ZeroBiases(MLPClassifier):
            def _init_coef(self, *arguments):
                kernel, bias = super()._init_coef(*arguments)
                return kernel, bias * 0

        work = self._work
        classifier = ZeroBiases(
            work.hidden,
            activation="relu",
            solver="adam",
            alpha=0.0,
            batch_size=work.batch,
            learning_rate_init=work.learning_rate,
            beta_1=work.beta_1,
            beta_2=work.beta_2,
            epsilon=work.epsilon,
            max_iter=epochs,
            tol=0.0,
            n_iter_no_change=epochs + 1,
            random_state=seed,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # it is to stop after so many epochs
            return classifier.fit(work.x, work.y)
