"""A training loop in PyTorch, one seed at a time."""

from __future__ import annotations

from itertools import pairwise

from nnspec import Recipe
from spec.benchmarks.interleaved import Round, timed
from spec.benchmarks.peers import binary_classifier


class TorchLoop:
    """The usual loop: shuffle, cut into batches, forward, backward, step; the loss of every epoch is kept.

    On one thread and with the fused optimizer, which is the fastest way for networks so small.
    """

    libraries = ("torch",)

    def __init__(self, recipe: Recipe) -> None:
        import torch

        torch.set_num_threads(1)
        self._torch, self._work = torch, binary_classifier.of(recipe)
        self._x, self._y = torch.from_numpy(self._work.x), torch.from_numpy(self._work.y)[:, None]

    def compile(self) -> float:
        """Train an epoch, so that nothing is done for the first time; nothing is compiled."""
        self._train(self._model(0), epochs=1)
        return 0.0

    def train(self, number: int) -> Round:
        """Train the seed of a round."""
        model = self._model(number)
        seconds, _ = timed(self._train, model, self._work.epochs)
        with self._torch.no_grad():
            right = (model(self._x) > 0) == (self._y > 0.5)
        return Round(seconds, 1, self._work.epochs, (float(right.float().mean()),))

    def _model(self, seed: int):
        torch, sizes = self._torch, self._work.sizes
        torch.manual_seed(seed)
        layers: list = []
        for inputs, units in pairwise(sizes):
            layers += [torch.nn.Linear(inputs, units), torch.nn.ReLU()]
            torch.nn.init.xavier_uniform_(layers[-2].weight)
            torch.nn.init.zeros_(layers[-2].bias)
        return torch.nn.Sequential(*layers[:-1])

    def _train(self, model, epochs: int) -> list[float]:
        torch, work = self._torch, self._work
        optimizer = torch.optim.Adam(
            model.parameters(),
            lr=work.learning_rate,
            betas=(work.beta_1, work.beta_2),
            eps=work.epsilon,
            fused=True,
        )
        crossentropy = torch.nn.BCEWithLogitsLoss()  # the sigmoid is in it
        examples = len(self._x)
        history = []
        for _ in range(epochs):
            total = torch.zeros(())
            for batch in torch.randperm(examples).split(work.batch):
                optimizer.zero_grad()
                loss = crossentropy(model(self._x[batch]), self._y[batch])
                loss.backward()
                optimizer.step()
                total += loss.detach() * len(batch)
            history.append(float(total) / examples)
        return history
