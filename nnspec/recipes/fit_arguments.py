"""Arguments of `fit`, checked one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nnspec.basics.errors import InvalidValue, one_of, real_number, whole_number
from nnspec.recipes.sample_weight import SampleWeight

_PARTS = ("test", "validation")
ClassWeight = tuple[tuple[int, float], ...]


def size_of_batches(value: int) -> int:
    """Return a `batch_size`; InvalidValue if it is no positive whole number."""
    if value is None:
        remedy = "leave it out: with Keras's default, None, `fit` takes batches of 32"
        raise InvalidValue("batch_size", value, "a positive whole number", remedy)
    return whole_number("batch_size", value)


def validation_part(value: str | None) -> str | None:
    """Return the name of the part of the data that is given as `validation_data`.

    Raises
    ------
    InvalidValue
        If it is none, such as arrays, which stand in the data.
    """
    if value is None or (isinstance(value, str) and value in _PARTS):
        return value
    if isinstance(value, str):
        return one_of("validation_data", value, _PARTS)
    arrays = "Arrays(x_train, y_train, x_validation=…, y_validation=…)"
    remedy = f'hand them in with the data, as {arrays}, and say "validation"'
    raise InvalidValue("validation_data", value, 'the part of the data, "test" or "validation"', remedy)


def validation_share(value: float, validation_data: str | None) -> float:
    """Return a `validation_split`, which stands alone.

    Raises
    ------
    InvalidValue
        If it is no share below 1, or there are `validation_data` beside it.
    """
    share = real_number("validation_split", value, 0.0)
    if share >= 1.0:
        raise InvalidValue("validation_split", value, "a share of the training examples, below 1")
    if share and validation_data:
        remedy = "leave one of them out: Keras does not look at the split where there are validation_data"
        raise InvalidValue("validation_split", value, "none beside validation_data", remedy)
    return share


def weights_of_classes(given: Mapping[int, float] | Sequence[tuple[int, float]]) -> ClassWeight:
    """Return a `class_weight` as pairs, sorted by class.

    Raises
    ------
    InvalidValue
        If it is no number, of 0 or more, for each class by its number.
    """
    try:
        pairs = sorted(dict(given or ()).items())
    except (TypeError, ValueError):
        of_scikit_learn = isinstance(given, str) and given == "balanced"
        remedy = "these are len(y) / (classes * numpy.bincount(y)), by class" if of_scikit_learn else ""
        expected = "a weight for each class, such as {0: 1.0, 1: 5.0}"
        raise InvalidValue("class_weight", given, expected, remedy) from None
    weights = (("class_weight", number, weight) for number, weight in pairs)
    return tuple((whole_number(name, key, 0), real_number(name, one, 0.0)) for name, key, one in weights)


def weights_of_examples(given: Any, class_weight: ClassWeight) -> SampleWeight | None:
    """Return a `sample_weight`, which Keras does not take beside `class_weight`.

    Raises
    ------
    InvalidValue
        If it is no weight for each example, or there is a `class_weight`.
    """
    if given is None:
        return None
    if class_weight:
        remedy = "multiply them into one sample_weight"
        raise InvalidValue("sample_weight", given, "none beside class_weight", remedy)
    return given if isinstance(given, SampleWeight) else SampleWeight(given)


def first_epoch(value: int, epochs: int) -> int:
    """Return an `initial_epoch`, below the number of epochs where there are any.

    Raises
    ------
    InvalidValue
        If it is no whole number or leaves no epoch.
    """
    number = whole_number("initial_epoch", value, 0)
    if number and number >= epochs:
        remedy = "epochs is the last epoch's number, not how many follow"
        raise InvalidValue("initial_epoch", value, f"less than the {epochs} epochs", remedy)
    return number


def buffer_of_shuffle(size: int | None, given: Mapping[str, Any]) -> None:
    """Check a `shuffle_buffer_size` against the other arguments: `fit` on a `tf.data.Dataset` lacks some.

    Raises
    ------
    InvalidValue
        If it is no whole number of 1 or more, stands beside what `fit` has for arrays alone, or is not that
        of the data, where these were read from a pipeline that shuffles.
    """
    name, held = "shuffle_buffer_size", getattr(given["data"], "shuffle_buffer_size", None)
    if size is None and held is None:
        return
    if size != held and held is not None:
        remedy = f"{name}=data.{name}; to mix all of them, shuffle with a buffer that holds them"
        raise InvalidValue(name, size, f"{held}, as the data are shuffled", remedy)
    whole_number(name, size)
    if not given["shuffle"]:
        raise InvalidValue(name, size, "none beside shuffle=False", "leave one of them out")
    for other in ("validation_split", "sample_weight", "steps_per_epoch"):
        if given[other]:
            expected = f"none beside {other}, which fit on a tf.data.Dataset does not take so"
            raise InvalidValue(name, size, expected, "leave one of them out")
