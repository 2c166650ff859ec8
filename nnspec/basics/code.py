"""What code a class is made of: its methods, what they call and read, as one hash.

Two classes of one name are the same exactly when this is. Followed are functions, classes and values that the
code names, through all modules of the author; of libraries it is their version. Where a value cannot be
followed, or code reads the environment or looks names up, the hash is one that no other process and no other
class has, so that nothing kept is taken for what it may not be. What code reads from a file or a network is
no part of the hash: whoever runs it watches what it reads (`nnspec.machine.reads`).
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import os
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from nnspec.basics.errors import InvalidValue
from nnspec.basics.own_modules import is_own, is_own_class
from nnspec.basics.reading_of_code import ReadingOfCode

_PROCESS = uuid.uuid4().hex
_number = itertools.count()
_numbers: dict[int, tuple[int, object]] = {}  # of classes whose code is not all seen, which are kept alive


def code_hash(classes: Iterable[type | Callable[..., Any]]) -> str:
    """Return a hash of what classes do, 64 hexadecimal digits; empty where all are of libraries or nnspec.

    Functions, and whatever else can be called, count wherever they are from.

    Raises
    ------
    InvalidValue
        If a value that their code reads is nested too deeply.
    """
    own = [cls for cls in classes if not isinstance(cls, type) or is_own_class(cls)]
    if not own:
        return ""
    reading = ReadingOfCode()
    try:
        for cls in own:
            reading.add(cls)
    except RecursionError:
        name = getattr(own[0], "__qualname__", type(own[0]).__qualname__)
        raise InvalidValue(name, "values nested too deeply", "code that reads plainer ones") from None
    if reading.all_seen:
        return reading.digest()
    numbers = [_numbers.setdefault(id(cls), (next(_number), cls))[0] for cls in own]
    told = f"{reading.digest()} {_PROCESS} {os.getpid()} {numbers}"
    return hashlib.sha256(told.encode()).hexdigest()


def begin_anew(values: Iterable[object]) -> list[str]:
    """Let what the author's code has cached by `functools` be computed anew, so that its reading is seen.

    Returned is, by its names, what the code uses of which nobody sees what it gives.
    """
    reading = ReadingOfCode()
    for value in values:
        reading.add(value)
    for one in reading.met():
        if isinstance(one, functools._lru_cache_wrapper) and is_own(one.__module__):
            one.cache_clear()
    return [*reading.unseen, *reading.of_files]


def seen_whole(*values: object) -> tuple[str, list[object]] | None:
    """Return a hash of what values of any kind do and hold, 64 hexadecimal digits, and all that was met.

    None where not all of it is seen, so that nothing may be kept under such a hash.
    """
    reading = ReadingOfCode()
    try:
        for value in values:
            reading.add(value)
    except RecursionError:
        return None
    return (reading.digest(), reading.met()) if reading.all_seen else None
