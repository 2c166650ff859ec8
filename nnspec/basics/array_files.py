"""Arrays in files: how many of their bytes agree, and what a file that cannot be read raises."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

UNREADABLE = (
    *(OSError, EOFError, ValueError, KeyError, TypeError, RuntimeError, MemoryError, NotImplementedError),
    *(zipfile.BadZipFile, zlib.error),
)


def checksum(arrays: Mapping[str, NDArray[Any]]) -> str:
    """SHA-256 over name, dtype, shape and little-endian bytes of the arrays, sorted by name, as 64 digits."""
    digest = hashlib.sha256()
    for name, array in sorted(arrays.items()):
        plain = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
        digest.update(f"{name} {plain.dtype.str} {plain.shape}\n".encode())
        digest.update(plain.reshape(-1).view(np.uint8).data)
    return digest.hexdigest()
