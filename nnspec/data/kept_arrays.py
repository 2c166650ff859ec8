"""Which arrays stay in memory: those of the data sets used last, as far as they fit, and what these share."""

from __future__ import annotations

import functools
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from numpy.typing import NDArray

K = TypeVar("K")
V = TypeVar("V")

MOST_BYTES = 600 * 10**6  # of what can be made again: two sets of images, or one of bags of words
_MOST = 16


class UsedLast(Generic[K, V]):
    """Keeps what was used last: at most 16 values, and of those that do not last as many as fit.

    `size` tells the bytes of a value, `lasting` whether the one of a key stays. The last one is kept however
    large it is.
    """

    def __init__(
        self, size: Callable[[V], int], lasting: Callable[[K], bool], most_bytes: int = MOST_BYTES
    ) -> None:
        self._size, self._lasting, self._most_bytes = size, lasting, most_bytes
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """Return what is kept under a key, or made now."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        value = make()
        with self._lock:
            self._kept[key] = value
            self._kept.move_to_end(key)
            self._make_room()
        return value

    def forget(self) -> None:
        """Keep nothing any more."""
        self._kept.clear()

    def _make_room(self) -> None:
        while len(self._kept) > _MOST:
            self._kept.popitem(last=False)
        *others, last = self._kept
        made_again = [key for key in others if not self._lasting(key)]
        left = self._most_bytes - sum(self._size(self._kept[key]) for key in [*made_again, last])
        for key in made_again:
            if left >= 0:
                break
            left += self._size(self._kept.pop(key))


class SharedWhileUsed:
    """Gives the same array for the same arguments as long as somebody has it; decorates what makes it."""

    def __init__(self, make: Callable[..., NDArray[Any]]) -> None:
        self._make = make
        self._made: weakref.WeakValueDictionary[tuple[object, ...], NDArray[Any]]
        self._made = weakref.WeakValueDictionary()
        functools.update_wrapper(self, make)

    def __call__(self, *arguments: object) -> NDArray[Any]:
        """Return the array that was made of these arguments, or make it."""
        found = self._made.get(arguments)
        if found is None:
            found = self._made[arguments] = self._make(*arguments)
        return found

    def forget(self) -> None:
        """Make everything anew from now on."""
        self._made.clear()
