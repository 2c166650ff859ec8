"""Cross-entropies as Keras has them on TensorFlow, for Keras on JAX.

On TensorFlow they look for the logits behind outputs of a softmax or a sigmoid (`_keras_logits`), whatever
`from_logits` says, and compute the loss from these; on JAX they do not, because nothing can be set on an
array there. So what softmax and sigmoid were given is remembered here by their outputs. Two more differences
are TensorFlow's own: the gradient of a softmax cross-entropy is softmax - target even where the targets of an
example do not add up to 1, and a sparse one does not normalise probabilities before they are clipped.
"""

from __future__ import annotations

import importlib
from collections import OrderedDict
from typing import Any

from nnspec.machine.jax_setup import jax_keras

Path = tuple[Any, ...]
_REMEMBERED = 1024  # outputs, of which a loss needs those that came last


class _Logits:
    """What softmax and sigmoid were given, by the identity of what they returned."""

    def __init__(self) -> None:
        self._by_output: OrderedDict[int, tuple[Any, Any]] = OrderedDict()
        self.path: Path = ()  # of the output whose loss is computed; () of any
        # the fewest that a sparse cross-entropy of an output had since the last trace
        self.classes: dict[Path, int] = {}

    def remembering(self, function: Any) -> Any:
        def remembered(x: Any, *arguments: Any, **named: Any) -> Any:
            output = function(x, *arguments, **named)
            self._by_output[id(output)] = output, x  # the output too, so that its number stays its own
            while len(self._by_output) > _REMEMBERED:
                self._by_output.popitem(last=False)
            return output

        return remembered

    def of(self, output: Any) -> Any:
        """Return the logits behind an output, None where it is none of theirs."""
        known = self._by_output.get(id(output))
        return known[1] if known is not None and known[0] is output else None

    def forget(self) -> None:
        """Forget all of them, which belong to a trace that is over."""
        self._by_output.clear()
        self.classes = {}


_logits = _Logits()
forget = _logits.forget


def fewest_classes() -> dict[Path, int]:
    """Return how many classes targets of the trace may have, by the output; () is any of several.

    There is none of an output whose loss takes no numbers of classes.
    """
    return _logits.classes


def of_output(path: Path, loss: Any) -> Any:
    """Return the loss of an output, of which it is noted how many classes it has."""

    def called(*arguments: Any) -> Any:
        _logits.path = path
        try:
            return loss(*arguments)
        finally:
            _logits.path = ()

    return called


def install() -> None:
    """Put these cross-entropies in the place of Keras's in this process."""
    nn: Any = importlib.import_module("keras.src.backend.jax.nn")
    nn.sigmoid, nn.softmax = _logits.remembering(nn.sigmoid), _logits.remembering(nn.softmax)
    nn.binary_crossentropy = binary
    nn.categorical_crossentropy = categorical
    nn.sparse_categorical_crossentropy = sparse_categorical


def binary(target: Any, output: Any, from_logits: bool = False) -> Any:
    """Return the binary cross-entropy of every number."""
    jax, keras = jax_keras()
    jnp = jax.numpy
    logits = _logits.of(output)
    target, output = jnp.asarray(target), jnp.asarray(output)
    _check_shapes(target.shape, output.shape)
    if logits is not None or from_logits:
        x = output if logits is None else logits
        positive = x >= 0
        # sigmoid_cross_entropy_with_logits, as TensorFlow writes it
        return jnp.where(positive, x, 0.0) - x * target + jnp.log1p(jnp.exp(jnp.where(positive, -x, x)))
    epsilon = keras.config.epsilon()
    output = jnp.clip(output, epsilon, 1.0 - epsilon)
    return -(target * jnp.log(output) + (1.0 - target) * jnp.log(1.0 - output))


def categorical(target: Any, output: Any, from_logits: bool = False, axis: int = -1) -> Any:
    """Return the cross-entropy of every example with probabilities, one-hot for example, as targets."""
    jax, keras = jax_keras()
    jnp = jax.numpy
    logits = _logits.of(output)
    target, output = jnp.asarray(target), jnp.asarray(output)
    _check_shapes(target.shape, output.shape)
    if logits is not None or from_logits:
        x = output if logits is None else logits
        last = jnp.moveaxis(target, axis, -1), jnp.moveaxis(x, axis, -1)
        return _softmax_crossentropy(*last)
    epsilon = keras.config.epsilon()
    output = output / jnp.sum(output, axis, keepdims=True)
    return -jnp.sum(target * jnp.log(jnp.clip(output, epsilon, 1.0 - epsilon)), axis=axis)


def sparse_categorical(target: Any, output: Any, from_logits: bool = False, axis: int = -1) -> Any:
    """Return the cross-entropy of every example with whole numbers as targets; NaN for one of no class."""
    jax, keras = jax_keras()
    jnp = jax.numpy
    logits = _logits.of(output)
    target, output = jnp.asarray(target, "int32"), jnp.asarray(output)
    if target.ndim == output.ndim and target.shape[-1] == 1:
        target = jnp.squeeze(target, -1)
    _check_shapes(target.shape, output.shape[:-1])
    if logits is not None or from_logits:
        x = output if logits is None else logits
    else:
        epsilon = keras.config.epsilon()
        x = jnp.log(jnp.clip(output, epsilon, 1.0 - epsilon))
    classes = x.shape[-1]
    _logits.classes[_logits.path] = min(classes, _logits.classes.get(_logits.path, classes))
    losses = _softmax_crossentropy(jax.nn.one_hot(target, classes, dtype=x.dtype), x)
    return jnp.where((target >= 0) & (target < classes), losses, jnp.nan)


def _softmax_crossentropy(labels: Any, logits: Any) -> Any:
    """Return softmax_cross_entropy_with_logits along the last axis, with TensorFlow's gradient."""
    jax, _ = jax_keras()

    @jax.custom_vjp  # type: ignore[untyped-decorator]  # JAX's types are not looked at
    def loss(labels: Any, logits: Any) -> Any:
        return forward(labels, logits)[0]

    def forward(labels: Any, logits: Any) -> Any:
        log_probabilities = jax.nn.log_softmax(logits)
        return -(labels * log_probabilities).sum(-1), (labels, log_probabilities)

    def backward(kept: Any, gradient: Any) -> Any:
        labels, log_probabilities = kept
        each = gradient[..., None]
        return -log_probabilities * each, (jax.numpy.exp(log_probabilities) - labels) * each

    loss.defvjp(forward, backward)
    return loss(labels.astype(logits.dtype), logits)


def _check_shapes(target: tuple[int, ...], output: tuple[int, ...]) -> None:
    if target != output:
        raise ValueError(f"the loss needs targets of shape {output}, and these are {target}")
