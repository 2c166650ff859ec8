"""JSON files of whoever wrote them: read, or refused in one line."""

from __future__ import annotations

import json
import os
from pathlib import Path

from nnspec.errors import InvalidValue


def read_json(path: str | os.PathLike[str], writer: str) -> object:
    """Return the JSON document of a file that `writer` should have written.

    Raises
    ------
    InvalidValue
        If the file cannot be read or is no JSON, cut off for example.
    """
    name = str(path)
    try:
        return json.loads(Path(path).read_bytes())
    except OSError as error:
        raise InvalidValue("file", name, "a file that can be read", error.strerror or "") from error
    except RecursionError as error:
        raise InvalidValue("file", name, f"JSON of {writer}", "it is nested too deeply") from error
    except ValueError as error:
        why = str(error).partition(";")[0]
        raise InvalidValue("file", name, f"JSON as {writer} writes it", f"it says: {why}") from error


def shown(path: str | os.PathLike[str]) -> str:
    """Return a path as messages name it, on one line."""
    name = str(path)
    return name if name.isprintable() else repr(name)
