"""What mutation testing found, on file: a small JSON document that the report's appendix is made from."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from nnspec.basics.errors import InvalidValue, whole_number
from nnspec.basics.files import read_json, shown, write_text

SCHEMA = 1
WRITER = "`python -m spec.mutation.every_mutant`"
_LISTS = ("edits", "claims", "tests")
_TEXTS = ("name", "kind", "statement")


@dataclass(frozen=True)
class Mutated:
    """A fault that was put in, and who noticed it.

    `kind` is training, statistics or metrics; `edits` tell what was changed in which function. `claims` and
    `tests` are the names of those that failed, of so many that were asked; `seconds` is what it took.
    """

    name: str
    kind: str
    statement: str
    edits: tuple[str, ...]
    claims: tuple[str, ...]
    tests: tuple[str, ...]
    claims_asked: int
    tests_asked: int
    seconds: float

    @property
    def survives(self) -> bool:
        """Whether nobody noticed it."""
        return not self.claims and not self.tests


def write(path: str | os.PathLike[str], found: Sequence[Mutated], environment: Mapping[str, str]) -> None:
    """Write the mutants as JSON, one a line, all of it or nothing.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    head = {"schema": SCHEMA, "environment": dict(environment)}
    lines = ",\n".join("  " + json.dumps(asdict(one), ensure_ascii=False) for one in found)
    write_text(path, json.dumps(head)[:-1] + ',\n "mutants": [\n' + lines + "\n ]}\n")


def read(path: str | os.PathLike[str]) -> list[Mutated]:
    """Return the mutants of a file, checked.

    Raises
    ------
    InvalidValue
        If the file cannot be read, has no mutants in it, or has another schema.
    """
    label, document = shown(path), read_json(path, WRITER)
    expected = f"mutants of {WRITER}"
    if not isinstance(document, dict) or not document.get("mutants"):
        raise InvalidValue(label, document, expected)
    if document.get("schema") != SCHEMA:
        remedy = "it was written by another version of nnspec"
        raise InvalidValue(f"{label}: schema", document.get("schema"), str(SCHEMA), remedy)
    try:
        return [_read_one(one) for one in document["mutants"]]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        why = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise InvalidValue("file", label, expected, why) from error


def _read_one(stored: Mapping[str, Any]) -> Mutated:
    values = {field.name: stored[field.name] for field in fields(Mutated)}
    for name in _TEXTS:
        if not isinstance(values[name], str):
            raise TypeError(f"{name} is {values[name]!r}")
    for name in _LISTS:
        if not isinstance(values[name], list) or not all(isinstance(text, str) for text in values[name]):
            raise TypeError(f"{name} is {values[name]!r}")
    for kind in ("claims", "tests"):
        if len(values[kind]) > whole_number(f"{kind}_asked", values[f"{kind}_asked"], 0):
            raise ValueError(f"{len(values[kind])} {kind} noticed {values['name']!r} and fewer were asked")
    return Mutated(**values | {name: tuple(values[name]) for name in _LISTS})
