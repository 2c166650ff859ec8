"""Descriptions: frozen dataclasses that turn into plain data, back again, and into a content hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from nnspec.basics.errors import InvalidValue
from nnspec.basics.field_names import check_field_names


class Description:
    """Base of everything that a recipe is made of; subclasses are frozen dataclasses.

    Two descriptions are the same thing exactly when their `content_hash` is the same, in every
    process, on every machine and under every version of Python.
    """

    _classes: ClassVar[dict[str, type[Description]]] = {}

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        known = Description._classes.get(cls.__name__, cls).__module__
        # an author's class may have the name of one of nnspec's, whose configurations it must not take over
        if cls.__module__.startswith("nnspec.") or not known.startswith("nnspec."):
            Description._classes[cls.__name__] = cls

    if not TYPE_CHECKING:  # which goes on to check the arguments of every class

        def __new__(cls, *_values: object, **named: object) -> Self:
            """Make an empty one, if the names are those of fields; the class fills it in as usual."""
            if named:
                check_field_names(cls, named)
            return super().__new__(cls)

    def get_config(self) -> dict[str, Any]:
        """Return the description as plain data: the class name and every field, as Keras serialises."""
        values = {f.name: _plain(getattr(self, f.name)) for f in fields(self)}  # type: ignore[arg-type]
        return {"class_name": type(self).__name__, "config": values}

    @staticmethod
    def from_config(config: object) -> Any:
        """Return the description that `get_config` gave `config`.

        Raises
        ------
        InvalidValue
            If `config` is not of that form, names an unknown class or holds a wrong value.
        """
        if not isinstance(config, dict) or set(config) != {"class_name", "config"}:
            raise InvalidValue("config", config, "a mapping with the keys class_name and config")
        name = config["class_name"]
        # a name that begins with an underscore is that of a base, which describes nothing by itself
        cls = Description._classes.get(name) if isinstance(name, str) and name[:1] != "_" else None
        if cls is None or not is_dataclass(cls) or not isinstance(config["config"], dict):
            raise InvalidValue("class_name", config["class_name"], "a class that nnspec knows")
        try:
            return cls(**{key: _described(value) for key, value in config["config"].items()})
        except TypeError as error:
            raise InvalidValue(
                "config", config["config"], f"the fields of {cls.__name__}", str(error)
            ) from None
        except RecursionError:
            raise InvalidValue("config", name, "a description that is not nested so deeply") from None

    @property
    def content_hash(self) -> str:
        """SHA-256 of the canonical JSON form, 64 hexadecimal digits.

        Raises
        ------
        InvalidValue
            If the class is no dataclass, or a field holds what JSON cannot.
        """
        if not is_dataclass(self):
            raise InvalidValue("description", type(self).__name__, "a frozen dataclass")
        try:
            canonical = json.dumps(self.get_config(), sort_keys=True, separators=(",", ":"))
        except TypeError as error:
            expected = "fields of numbers, texts, tuples and descriptions"
            raise InvalidValue(type(self).__name__, str(error), expected) from None
        return hashlib.sha256(canonical.encode()).hexdigest()

    def held_code(self) -> str:
        """Return a hash of the author's functions among the fields; empty where there are none."""
        return ""

    def told_fields(self) -> dict[str, Any]:
        """Return what tells the description apart from another one of its class, by name, to be read."""
        return {f.name: getattr(self, f.name) for f in fields(self)}  # type: ignore[arg-type]

    def given(self) -> dict[str, Any]:
        """Return the fields that were given a value; what is None is left at Keras's own default."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}  # type: ignore[arg-type]
        return {name: value for name, value in values.items() if value is not None}


def _plain(value: object) -> object:
    if isinstance(value, Description):
        return value.get_config()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _described(value: object) -> object:
    if isinstance(value, dict):
        return Description.from_config(value)
    if isinstance(value, list):
        return tuple(_described(item) for item in value)
    return value
