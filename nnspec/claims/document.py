"""Documents and the places in them that claims and facts are taken from."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from nnspec.basics.errors import InvalidValue, one_of, text


@dataclass(frozen=True)
class Document:
    """A document whose statements are verified: a short key, its title and its sections."""

    key: str
    title: str
    sections: tuple[str, ...]

    def __post_init__(self) -> None:
        document_key("document", self.key)
        text(f"document {self.key!r}: title", self.title)
        sections = self.sections
        if isinstance(sections, str) or not isinstance(sections, Collection) or not sections:
            raise InvalidValue(f"document {self.key!r}: sections", sections, "a tuple of headings")
        for section in sections:
            text(f"document {self.key!r}: sections", section)

    def at(self, section: str, detail: str = "") -> Source:
        """Return a place in the document; `InvalidValue` if it has no such section."""
        return Source(self, one_of("section", section, self.sections), detail)


@dataclass(frozen=True)
class Source:
    """A place in a document: the section and, if that helps to find it, a detail such as "model_7"."""

    document: Document
    section: str
    detail: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.document, Document):
            raise InvalidValue(
                "document", self.document, "a Document", "DOCUMENT.at('section') names a place"
            )
        one_of("section", self.section, self.document.sections)
        if not isinstance(self.detail, str):
            raise InvalidValue("detail", self.detail, "a text")


def document_key(name: str, key: object) -> str:
    """Return the key of a document, which can be the name of a file in a folder and nowhere else.

    Raises
    ------
    InvalidValue
        If it cannot.
    """
    if not isinstance(key, str) or not re.fullmatch(r"\w[\w.-]*", key):
        remedy = "it names the file of the baseline"
        raise InvalidValue(name, key, "a key of letters, digits, hyphens and dots", remedy)
    return key
