"""A finite `tf.data.Dataset` over arrays in memory as a data set: it is read once into arrays."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from nnspec.basics.errors import InvalidValue
from nnspec.basics.size import shown_size
from nnspec.data.array_dataset import HeldDataset
from nnspec.data.by_name import ByName, each_array, numbers, shape_of_examples
from nnspec.data.dataset import Arrays, Examples
from nnspec.data.unshuffled import unshuffled

MOST_BYTES = 10**9  # of the arrays of a part, as the data set has them
_INFINITE = -1  # what `cardinality` says then
_MOST_BATCHES = 10_000  # of a generator without take(), which may be endless: 1 GB of small ones takes hours
_HOW = "give the arrays that it was made of, as ArrayDataset(x, y)"


@dataclass(frozen=True, eq=False, repr=False)
class TensorFlowDataset(HeldDataset):
    """The examples of a `tf.data.Dataset`, as `model.fit` takes it: pairs (x, y), batched, finite.

    Several inputs, or several targets, are dicts of arrays by the names that the model gives them.
    `train`, and `test` and `validation` where there are such, are read when the data set is declared, twice,
    to see that they stay the same; at most 1 GB each, and of a generator without `take` at most 10,000
    batches. What comes before is dealt with so:

    - `map`, `filter`, `take`, `skip`, `cache`, `prefetch`, `batch`: followed, if they give the same examples
      each time; an augmentation drawn at random is refused.
    - `shuffle`: followed where it mixes all examples anew in every epoch, with whatever seed, because
      training does that too; the examples then stand in an order of their own. With a smaller buffer, and
      no more than `map`, `batch` and `prefetch` behind it, they stand in the order that it mixes, and
      `shuffle_buffer_size` is its size, which the recipe has to be told. Batches that are mixed whole, and
      an order that is kept, by `cache` or `reshuffle_each_iteration=False`, are refused.
    - `repeat`: refused, because epochs are the recipe's.

    `batch_size` is that of the training part and `shuffled` whether it is mixed. A recipe has to be told:
    `Recipe(data, …, batch_size=data.batch_size)`, which always mixes all examples, or `KerasRecipe(function,
    data, batch_size=data.batch_size, shuffle_buffer_size=data.shuffle_buffer_size)`. TensorFlow is not
    imported for it.

    Raises
    ------
    InvalidValue
        If it is no such data set, too large, or is refused for one of these reasons.
    """

    train: Any
    test: Any = None
    validation: Any = None

    def __post_init__(self) -> None:
        super().__post_init__()
        parts = ("train", "test", "validation")
        read = {name: read_part(name, given) for name in parts if (given := getattr(self, name)) is not None}
        if "train" not in read:
            raise InvalidValue("train", None, "a tf.data.Dataset")
        pairs: list[Any] = [read[name].examples if name in read else (None, None) for name in parts]
        self.hold("TensorFlowDataset", Arrays(*(values for pair in pairs for values in pair)))
        for name, part in read.items():  # no process can hand on what was given
            held = part._replace(examples=self.given_parts().part(name))
            object.__setattr__(self, name, held)

    @property
    def batch_size(self) -> int:
        """How many examples a batch of the training part has."""
        return int(self.train.batch_size)

    @property
    def shuffled(self) -> bool:
        """Whether the training part was shuffled anew in every epoch."""
        return bool(self.train.shuffled)

    @property
    def shuffle_buffer_size(self) -> int | None:
        """The buffer that the training part is mixed with; None where all of it is mixed, or nothing."""
        return self.train.shuffle_buffer_size  # type: ignore[no-any-return]  # a part that was read


class Part(NamedTuple):
    """What was read of a part."""

    examples: Examples
    batch_size: int
    shuffled: bool
    shuffle_buffer_size: int | None


def read_part(name: str, given: Any) -> Part:
    """Return what a `tf.data.Dataset` gives, read twice; errors as for `TensorFlowDataset`."""
    if isinstance(given, Part):  # of another data set
        return given
    if not type(given).__module__.startswith("tensorflow.") or not hasattr(given, "as_numpy_iterator"):
        raise InvalidValue(name, given, "a tf.data.Dataset", "arrays are an ArrayDataset(x, y)")
    if int(given.cardinality()) == _INFINITE:
        expected = "a finite one"
        raise InvalidValue(name, "a tf.data.Dataset without end", expected, "leave repeat() out")
    steps = list(steps_of(given))
    shuffled = _check_steps(name, steps)
    batches = list(_batches(name, given))
    if not batches:
        raise InvalidValue(name, "a tf.data.Dataset without examples", "at least one batch")
    sizes = [len(y) for _, y in batches]
    if len(set(sizes[:-1])) > 1 or sizes[-1] > sizes[0]:
        received = f"batches of {', '.join(map(str, sizes[:6]))}{', …' if len(sizes) > 6 else ''} examples"
        raise InvalidValue(name, received, "batches of one size, but for the last one", _HOW)
    x, y = (_concatenated([batch[one] for batch in batches]) for one in (0, 1))
    del batches
    digests = _digests([(x, y)])
    again = _digests(_batches(name, given))
    small = shuffled if shuffled is not None and 0 <= shuffled < len(x) else None
    if shuffled is not None:
        order = sorted(range(len(x)), key=digests.__getitem__)
        x, y, digests, again = x[order], y[order], sorted(digests), sorted(again)
    if digests != again:
        remedy = (
            "leave random augmentation out, and take(), skip() and drop_remainder=True where they come after "
            "shuffle()"
        )
        raise InvalidValue(name, "other examples each time that it is read", "the same ones", remedy)
    if small is not None:
        x, y = _in_order(name, steps, small, digests)
    return Part((x, y), sizes[0], shuffled is not None, small)


def _in_order(name: str, steps: list[tuple[str, Any]], buffer: int, digests: list[bytes]) -> Examples:
    """Return examples, whose hashes are sorted, in the order that a buffer smaller than they are mixes."""
    if (found := unshuffled(steps)) is not None:
        batches = list(_batches(name, found))
        if sorted(_digests(batches)) == digests:
            x, y = (_concatenated([batch[one] for batch in batches]) for one in (0, 1))
            return x, y
    received = f"shuffle({buffer}) of {len(digests)} examples, which mixes neighbours alone"
    remedy = f"use shuffle({len(digests)}), or put all but map(), batch() and prefetch() before it"
    raise InvalidValue(name, received, "a buffer that holds all of them", remedy)


def _batches(name: str, given: Any) -> Iterator[Examples]:
    """Yield inputs and targets of every batch, as long as they are not too large together."""
    size, example = 0, None
    may_be_endless = _may_be_endless(given)
    for number, element in enumerate(_elements(name, given)):
        if may_be_endless and number == _MOST_BATCHES:
            received = f"more than {_MOST_BATCHES:,} batches of a generator"
            remedy = "say how many batches it has by take(n) at the end"
            raise InvalidValue(name, received, "a data set that ends", remedy)
        if not isinstance(element, tuple) or len(element) != 2:
            kind = f"{len(element)} parts" if isinstance(element, tuple) else type(element).__name__
            expected = "pairs (inputs, targets)"
            remedy = "sample weights are not taken" if kind == "3 parts" else "as model.fit takes them"
            raise InvalidValue(name, f"elements of {kind}", expected, remedy)
        if any(isinstance(one, tuple) for one in element):
            expected, remedy = "one array of each, or several by name", "let a map() return them in a dict"
            raise InvalidValue(name, "several inputs or targets in a tuple", expected, remedy)
        x, y = (numbers(f"{name}: elements", one) for one in element)
        if x.ndim == 0 or y.ndim == 0 or len(x) != len(y) or not len(x):
            received = f"elements of shapes {x.shape} and {y.shape}"
            raise InvalidValue(name, received, "batches, as many inputs as targets", "add .batch(32)")
        here = shape_of_examples(x), shape_of_examples(y)
        if example not in (None, here):
            received = f"examples of shapes {example[0]} and {here[0]}, targets {example[1]} and {here[1]}"
            raise InvalidValue(name, received, "examples of one shape", "pad all of them to one length")
        example = here
        size += sum(one.nbytes for values in (x, y) for _, one in each_array(values))
        if size > MOST_BYTES:
            received = f"more than {shown_size(MOST_BYTES)} of examples"
            raise InvalidValue(
                name, received, f"at most {shown_size(MOST_BYTES)} in memory", "take(n) gives n"
            )
        yield x, y


def _may_be_endless(given: Any) -> bool:
    """Return whether a data set has a generator, and nothing says how many batches come of it."""
    kinds = [kind for kind, _ in steps_of(given)]
    made = any("FlatMap" in kind or "Interleave" in kind for kind in kinds)
    return made and "Take" not in kinds and int(given.cardinality()) < 0


def _elements(name: str, given: Any) -> Iterator[Any]:
    """Yield what the data set has; an error of a step before, or of a generator, is told as what it is."""
    try:
        yield from given.as_numpy_iterator()
    except Exception as error:
        text = re.sub(r"\{\{.*?\}\}\s*", "", str(error)).strip().partition("\n")[0]
        expected = "a tf.data.Dataset that can be read"
        raise InvalidValue(name, f"{type(error).__name__}: {text[:300]}", expected) from error


def _digests(batches: Any) -> list[bytes]:
    """Return a hash of every example."""
    found = []
    for pair in batches:
        arrays = [one for values in pair for _, one in each_array(values)]
        for place in range(len(arrays[0])):
            told = b"".join(np.ascontiguousarray(one[place]).tobytes() for one in arrays)
            found.append(hashlib.blake2b(told, digest_size=16).digest())
    return found


def _concatenated(values: list[Any]) -> Any:
    """Return arrays as one, or those of every name."""
    if not isinstance(values[0], ByName):
        return np.concatenate(values)
    names = values[0].arrays
    return ByName("elements", {key: np.concatenate([one.arrays[key] for one in values]) for key in names})


def _check_steps(name: str, steps: list[tuple[str, Any]]) -> int | None:
    """Refuse an order that is neither the given one nor new in every epoch.

    Returned is the smallest buffer that shuffles, -1 where each holds all, or None where nothing is shuffled.
    """
    buffers = []
    for place, (kind, step) in enumerate(steps):
        after, before = ({one for one, _ in some} for some in (steps[:place], steps[place + 1 :]))
        if kind == "Repeat":
            raise InvalidValue(
                name, "repeat()", "a single pass", "leave it out: the recipe's epochs repeat it"
            )
        if kind != "Shuffle":
            continue
        new = "an order that is new in every epoch"
        if "Cache" in after:
            raise InvalidValue(name, "cache() after shuffle()", new, "put cache() before shuffle()")
        if not step._reshuffle_each_iteration:
            raise InvalidValue(name, "shuffle(reshuffle_each_iteration=False)", new, "leave that out")
        if any("Batch" in one for one in before) and "Unbatch" not in before:
            expected, remedy = "examples that are mixed, not batches", "put shuffle() before batch()"
            raise InvalidValue(name, "shuffle() after batch()", expected, remedy)
        buffers.append(int(step._buffer_size))
    return min((one for one in buffers if one >= 0), default=-1) if buffers else None


def steps_of(given: Any) -> Iterator[tuple[str, Any]]:
    """Yield the kind and the data set of every step before, the last one first."""
    yield type(given).__name__.strip("_").removesuffix("Dataset"), given
    for before in given._inputs():
        yield from steps_of(before)
