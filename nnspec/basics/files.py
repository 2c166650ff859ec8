"""JSON files of whoever wrote them: read, or refused in one line; records of studies on file."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from nnspec.basics.errors import InvalidValue

T = TypeVar("T")
_SCHEMA = 1  # of every record of a study
_LARGEST = 2**28  # bytes, ten times as much as results of all claims over the full budget


def read_json(path: str | os.PathLike[str], writer: str) -> object:
    """Return the JSON document of a file that `writer` should have written.

    Raises
    ------
    InvalidValue
        If the file cannot be read, is larger than 256 MB or is no JSON, cut off for example.
    """
    name = str(path)
    try:
        # a pipe to which nobody writes is empty, not waited for
        with open(path, "rb", opener=_without_waiting) as file:
            content = file.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise InvalidValue("file", name, f"at most {_LARGEST // 2**20} MB of JSON of {writer}")
        document: object = json.loads(content)
        if rb"\ud" in content.lower():  # half a character, which no file and no terminal takes
            json.dumps(document, ensure_ascii=False).encode()
    except OSError as error:
        raise InvalidValue("file", name, "a file that can be read", error.strerror or "") from error
    except RecursionError as error:
        raise InvalidValue("file", name, f"JSON of {writer}", "it is nested too deeply") from error
    except InvalidValue:
        raise
    except ValueError as error:
        why = str(error).partition(";")[0]
        raise InvalidValue("file", name, f"JSON as {writer} writes it", f"it says: {why}") from error
    return document


def _without_waiting(path: str, flags: int) -> int:
    descriptor = os.open(path, flags | os.O_NONBLOCK)
    os.set_blocking(descriptor, True)
    return descriptor


def shown(path: str | os.PathLike[str]) -> str:
    """Return a path as messages name it, on one line."""
    name = str(path)
    return name if name.isprintable() else repr(name)


@contextmanager
def writing(
    name: str, path: str | os.PathLike[str] | None = None, expected: str = "a file that can be written"
) -> Iterator[None]:
    """Say which option names the file that cannot be written inside, by default the one of the OSError.

    Raises
    ------
    InvalidValue
        Instead of an OSError.
    """
    try:
        yield
    except OSError as error:
        raise InvalidValue(name, str(path or error.filename), expected, error.strerror or "") from error


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Write `text` as UTF-8 to `path`, whole or not at all; missing folders are made.

    Raises
    ------
    OSError
        If the file cannot be written; what stood there before is then unchanged.
    """
    target = Path(path)
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def write_record(path: str | os.PathLike[str], name: str, lines: Iterable[str], **head: object) -> None:
    """Write the record of a study: a head, and a list `name` with an item, which is JSON, on each line.

    Raises
    ------
    OSError
        As `write_text`.
    """
    items = ",\n".join(f"  {line}" for line in lines)
    write_text(path, json.dumps({"schema": _SCHEMA, **head})[:-1] + f',\n "{name}": [\n{items}\n ]}}\n')


def read_record(
    path: str | os.PathLike[str], what: str, writer: str, name: str, make: Callable[[dict[str, Any]], T]
) -> T:
    """Return what `make` makes of the record of a study, which has a list `name` that is not empty.

    Raises
    ------
    InvalidValue
        If the file cannot be read, is no such record, or has another schema.
    """
    label, document, expected = shown(path), read_json(path, writer), f"{what} of {writer}"
    if not isinstance(document, dict) or not isinstance(document.get(name), list) or not document[name]:
        raise InvalidValue(label, document, expected)
    check_schema(label, document, _SCHEMA)
    try:
        return make(document)
    except (LookupError, TypeError, AttributeError, ArithmeticError, ValueError) as error:
        raise unusable(label, error, expected) from error


def check_schema(label: str, document: Mapping[str, Any], *known: int) -> None:
    """Check that a document has a known schema.

    Raises
    ------
    InvalidValue
        If it has another one, or none.
    """
    schema = document.get("schema")
    if isinstance(schema, bool) or schema not in known:  # true is 1 to Python
        expected, remedy = " or ".join(map(str, known)), "it was written by another version of nnspec"
        raise InvalidValue(f"{label}: schema", schema, expected, remedy)


def unusable(label: str, error: Exception, expected: str) -> InvalidValue:
    """Return the error that says of a file what is wrong in it, in one line."""
    missing = isinstance(error, KeyError)
    why = f"a field is missing: {error}" if missing else " ".join(str(error).split())
    return InvalidValue("file", label, expected, why[:200])
