"""The losses of several outputs: each is reported as TensorFlow does, and knows of which output it is."""

from __future__ import annotations

from typing import Any

from nnspec.training.vectorised.crossentropies import of_output


def losses_by_output(model: Any) -> None:
    """Prepare the losses of a built model, if it has several outputs.

    Each is reported as the mean over batches, whole ones or not: on TensorFlow nobody knows the number of
    examples in a batch when the step is traced.
    """
    losses = model._compile_loss
    if losses is None or not losses.metrics:
        return
    for metric in losses.metrics:
        update = metric.update_state
        metric.update_state = lambda values, sample_weight=None, update=update: update(values)
    losses._flat_losses = [one._replace(loss=of_output(one.path, one.loss)) for one in losses._flat_losses]
