"""A function that returns arrays as a data set: it is called when the arrays are first needed."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from nnspec.basics.code import code_hash
from nnspec.basics.errors import InvalidValue
from nnspec.data.array_dataset import PARTS
from nnspec.data.dataset import Arrays, Dataset
from nnspec.data.splitting import SplitDataset


class _Held(NamedTuple):
    """What is handed on in the place of a function: its name, the hash of its code, and what it returned."""

    name: str
    code: str
    parts: Arrays


@dataclass(frozen=True, eq=False, repr=False)
class FunctionDataset(SplitDataset):
    """What a function without arguments returns: `FunctionDataset(load_houses, test_size=0.2)`.

    It returns (x, y); ((x_train, y_train), (x_test, y_test)), as the loaders of `keras.datasets` do, with a
    third pair for validation if there is one; `Arrays`; a mapping of x_train, y_train and so on; or another
    data set. It is called twice, and has to return the same each time. Its code and what that reads belong to
    the data, and its arrays go to the workers. Parts are split off as `SplitDataset` says.

    Raises
    ------
    InvalidValue
        If it is no function without arguments; when it is called, if it returns anything else.
    """

    function: Any

    def __post_init__(self) -> None:
        super().__post_init__()
        if isinstance(self.function, _Held):
            return
        if not callable(self.function) or isinstance(self.function, type):
            remedy = "give load_houses, not load_houses()"
            raise InvalidValue("function", self.function, "a function that returns arrays", remedy)
        try:
            inspect.signature(self.function).bind()
        except TypeError as error:
            remedy = "functools.partial(function, name=value) has them"
            raise InvalidValue("function", str(self), "one without arguments", f"{error}; {remedy}") from None
        except ValueError:  # of compiled functions, which do not say what they take
            pass

    def given_parts(self) -> Arrays:
        """Return what the function returns, as parts."""
        return _as_parts(self.told(), self.function())

    def split(self) -> Arrays:
        """Return training, validation and test part; errors as in `SplitDataset.split`."""
        return self.function.parts if isinstance(self.function, _Held) else super().split()

    def told(self) -> str:
        """Return what messages call the data set."""
        return f"{str(self).partition('(')[0]}()"

    def held_code(self) -> str:
        """Return the hash of what the function does and reads."""
        return self.function.code if isinstance(self.function, _Held) else code_hash([self.function])

    def get_config(self) -> dict[str, Any]:
        """Return the class name, the function's name, which cannot become it again, and the splitting."""
        return {"class_name": type(self).__name__, "config": self.told_fields()}

    def told_fields(self) -> dict[str, Any]:
        """Return the function's name and the splitting."""
        return {"function": str(self), **self.splitting()}

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes as the arrays, because a worker may not have the function."""
        given = {one.name: getattr(self, one.name) for one in fields(self)}
        given["function"] = _Held(str(self), self.held_code(), self.arrays())
        return functools.partial(type(self), **given), ()

    def __deepcopy__(self, memo: object) -> FunctionDataset:
        return self

    def __copy__(self) -> FunctionDataset:
        return self

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, FunctionDataset) or self.get_config() != other.get_config():
            return False
        return self.held_code() == other.held_code()

    def __hash__(self) -> int:
        return hash(self.content_hash)

    def __str__(self) -> str:
        function, given = self.function, []
        if isinstance(function, _Held):
            return function.name
        while isinstance(function, functools.partial):
            given += [
                *map(repr, function.args),
                *(f"{key}={one!r}" for key, one in function.keywords.items()),
            ]
            function = function.func
        name = getattr(function, "__name__", type(function).__name__)
        return f"{name}({', '.join(given)})" if given else name

    def __repr__(self) -> str:
        told = [str(self), *(f"{name}={value}" for name, value in self.splitting().items())]
        return f"{type(self).__name__}({', '.join(told)})"


def _as_parts(name: str, found: Any) -> Arrays:
    if isinstance(found, Arrays):
        return found
    if isinstance(found, Dataset):
        if (buffer := getattr(found, "shuffle_buffer_size", None)) is not None:
            remedy = "give the TensorFlowDataset itself to a KerasRecipe, or mix all of them"
            raise InvalidValue(name, f"data mixed with a buffer of {buffer}", "data mixed whole", remedy)
        return found.split()
    if isinstance(found, Mapping) and {"x_train", "y_train"} <= set(found) <= set(PARTS):
        return Arrays(**found)
    if isinstance(found, tuple | list) and len(found) in (2, 3):
        pairs = [isinstance(one, tuple) and len(one) == 2 for one in found]
        if all(pairs):
            return Arrays(*(values for pair in found for values in pair))
        if len(found) == 2 and not any(pairs):
            return Arrays(*found)
    expected = "(x, y), ((x_train, y_train), (x_test, y_test)), Arrays(…) or a data set"
    raise InvalidValue(name, found, expected, "is `return` missing?" if found is None else "")
