"""What is written while a notebook runs: events, a line of JSON each, and arrays, once by checksum."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.array_files import checksum
from nnspec.notebook.inside.place import place

EVENTS = "events.jsonl"
ARRAYS = "arrays"
_LARGE = 2**26  # bytes
_DIGITS = 24  # of a checksum, in the name of a file


class Written:
    """Writes into a folder; what was written stays, whatever becomes of the kernel."""

    def __init__(self, folder: Path, largest: int) -> None:
        self._folder, self._largest = folder, largest
        (folder / ARRAYS).mkdir(parents=True, exist_ok=True)

    def event(self, kind: str, **fields: Any) -> None:
        """Write an event."""
        line = json.dumps({"event": kind, **fields}, default=_told)
        with (self._folder / EVENTS).open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def remark(self, text: str) -> None:
        """Write down what was done with the cell that runs, in a sentence without the cell."""
        self.event("remark", cell=place()["cell"], text=text)

    def array(self, array: NDArray[Any]) -> dict[str, Any]:
        """Write an array unless it is there, and return where it is; or why it is not written."""
        array = _as_bytes(array)
        shape = {"shape": list(array.shape), "dtype": str(array.dtype)}
        if array.dtype.kind not in "biuf":
            return {"why": f"an array of {array.dtype}, which are no numbers", **shape}
        if array.nbytes > self._largest:
            return {
                "why": f"an array of {array.nbytes:,} bytes, more than the {self._largest:,} allowed",
                **shape,
            }
        name = f"{checksum({'array': array})[:_DIGITS]}.npz"
        path = self._folder / ARRAYS / name
        if not path.exists():
            begun = path.with_suffix(".begun.npz")
            np.savez(begun, array=array)
            begun.rename(path)
        return {"file": f"{ARRAYS}/{name}", **shape}

    def code(self, pickled: bytes) -> str:
        """Write objects of the author's code, and return the name of their file."""
        import hashlib

        name = f"{ARRAYS}/{hashlib.sha256(pickled).hexdigest()[:_DIGITS]}.pickle"
        (self._folder / name).write_bytes(pickled)
        return name


def _as_bytes(array: NDArray[Any]) -> NDArray[Any]:
    """Return a large array of small whole numbers, of 0 and 1 for example, as uint8, which holds the same."""
    if array.nbytes < _LARGE or array.dtype.itemsize == 1 or array.dtype.kind not in "iuf":
        return array
    with np.errstate(invalid="ignore"):
        small = array.astype(np.uint8)
    return (
        small if all(np.array_equal(one, other) for one, other in zip(array, small, strict=True)) else array
    )


def _told(value: object) -> object:
    """Return numbers of NumPy as Python's, and anything else as its text."""
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        return value.tolist() if value.size <= 1000 else f"array {value.shape}"
    return str(value)[:1000]
