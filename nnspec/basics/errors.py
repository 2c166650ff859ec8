"""The errors that tell what to do, their common base, and the checks of input that raise them."""

from __future__ import annotations

import difflib
import math
import sys
from collections.abc import Collection


class NnspecError(Exception):
    """Base of every error of nnspec that a caller may want to catch."""


class InvalidValue(NnspecError, ValueError):
    """A value that cannot be used, with what was received, what was expected and what to do."""

    def __init__(self, name: str, received: object, expected: str, remedy: str = "") -> None:
        message = f"{name}={_shown(received)}; expected {expected}" + (f"; {remedy}" if remedy else "")
        super().__init__(message)

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes as the message that it is."""
        return self._told, (str(self),), vars(self)

    @classmethod
    def _told(cls, message: str) -> InvalidValue:
        error = cls.__new__(cls)
        ValueError.__init__(error, message)
        return error


class Unrepeatable(InvalidValue):
    """Code of an author that gives something else each time, though nothing that it is told differs."""

    def __init__(self, message: str) -> None:
        ValueError.__init__(self, message)


class MissingData(NnspecError):
    """A data set whose files are not on this machine, with the remedy; `file` is the name of the first."""

    file = ""


def whole_number(name: str, value: object, at_least: int = 1) -> int:
    """Return `value` as an int of at least `at_least`.

    Raises
    ------
    InvalidValue
        If it is less, a bool, a fraction or no number at all.
    """
    number = _plain(value)
    if isinstance(number, bool) or not isinstance(number, int) or number < at_least:
        kind = {0: "a whole number, 0 or more", 1: "a positive whole number"}
        raise InvalidValue(name, value, kind.get(at_least, f"a whole number of at least {at_least}"))
    return number


def real_number(
    name: str, value: object, low: float = -math.inf, high: float = math.inf, *, open_low: bool = False
) -> float:
    """Return `value` as a finite float in [low, high], or (low, high] with `open_low`.

    Raises
    ------
    InvalidValue
        If it lies outside, is not finite, a bool or no real number at all.
    """
    number = _plain(value)
    inside = (
        isinstance(number, int | float)
        and not isinstance(number, bool)
        and abs(number) <= sys.float_info.max
        and math.isfinite(number)
        and (low < number if open_low else low <= number)
        and number <= high
    )
    if not inside:
        bounds = [f"{'above' if open_low else 'at least'} {low:g}"] if low > -math.inf else []
        bounds += [f"at most {high:g}"] if high < math.inf else []
        raise InvalidValue(name, value, " ".join(["a finite number", " and ".join(bounds)]).strip())
    return float(number) + 0.0  # type: ignore[arg-type]  # narrowed by `inside`; -0.0 becomes 0.0


def one_of(name: str, value: object, choices: Collection[str]) -> str:
    """Return `value` if it is one of `choices`.

    Raises
    ------
    InvalidValue
        If it is none of them; the nearest one is suggested.
    """
    if not isinstance(value, str) or value not in choices:
        near = difflib.get_close_matches(str(value), list(choices), n=1)
        remedy = f"did you mean {near[0]!r}?" if near else ""
        raise InvalidValue(name, value, "one of " + ", ".join(sorted(choices)), remedy)
    return value


def text(name: str, value: object, remedy: str = "") -> str:
    """Return `value` as a text on one line.

    Raises
    ------
    InvalidValue
        If it is no text, or an empty one.
    """
    if not isinstance(value, str) or not value.strip():
        raise InvalidValue(name, value, "a text that is not empty", remedy)
    return " ".join(value.split())


def _shown(value: object) -> str:
    """Return the beginning of a value's repr on one line, whatever its class makes of it."""
    try:
        shown = " ".join(line.strip() for line in repr(value).splitlines())
    except Exception:  # a value of whatever class, or nested too deeply; the message matters more
        shown = f"<{type(value).__name__}>"
    return shown if len(shown) <= 200 else shown[:197] + "..."


def _plain(value: object) -> object:
    """Turn a NumPy scalar into the Python number that it holds."""
    item = getattr(value, "item", None)
    return item() if callable(item) and getattr(value, "ndim", None) == 0 else value
