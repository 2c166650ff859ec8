"""Models that JAX cannot follow, because they read values while they are traced."""

from __future__ import annotations

from nnspec.machine.jax_setup import jax_keras


def untraceable(error: BaseException | None) -> bool:
    """Return whether JAX could not follow a model, which may be told inside of another error."""
    jax, _ = jax_keras()
    while error is not None:
        if isinstance(error, jax.errors.JAXTypeError):
            return True
        error = error.__cause__ or error.__context__
    return False


def told(error: Exception) -> str:
    """Return in a sentence why JAX cannot follow a model."""
    text = (str(error).strip().splitlines() or [""])[0][:200]
    cause = "it reads values, as TensorFlow and NumPy do" if untraceable(error) else type(error).__name__
    return f"JAX cannot follow the model: {cause}: {text}"
