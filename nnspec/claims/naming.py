"""The name of a claim or fact: an id, and a part where several readings share the id."""

from __future__ import annotations

import unicodedata

from nnspec.basics.errors import InvalidValue, text

MOST_WORDS = 7  # of a claim in short, to which a title of ten words adds three


def key(id: object, part: object) -> str:
    """Return the id, with the part in brackets where one row of the inventory is asserted in several."""
    return f"{id}[{part}]" if part else str(id)


class Named:
    """What has an `id`, a row of the inventory, and a `part`, empty where the row is asserted once."""

    id: str
    part: str

    @property
    def key(self) -> str:
        """The id, with the part in brackets where there is one."""
        return key(self.id, self.part)


def checked_id(name: str, value: object) -> str:
    """Return an id, which is typed in a shell, printed on one line and looked for in files."""
    checked = text(f"{name}: id", value)
    is_path = "/" in checked or checked.endswith(".py") or checked in (".", "..")
    if _unprintable(str(value)) or checked.startswith("-") or is_path:
        expected = (
            "a text on one line, no path and without control characters, that does not begin with a dash"
        )
        raise InvalidValue(f"{name}: id", value, expected, "such as 'moons-2'")
    return checked


def checked_part(name: str, value: object) -> str:
    """Return a part, which is empty or told in brackets behind the id."""
    part = checked_word(name, "part", value)
    if _unprintable(part) or part.startswith("-") or set(part) & set("[]"):
        expected = "a text on one line without control characters, brackets and a dash at its beginning"
        raise InvalidValue(f"{name}: part", value, expected, f"it is put in brackets: {name[6:]}[part]")
    return part


def _unprintable(value: str) -> bool:
    """Whether a text has line breaks or characters that control, such as those that turn its direction."""
    return any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in value)


def checked_line(name: str, field: str, value: object) -> str:
    """Return a text on one line, which may be empty; one of blanks is."""
    return " ".join(checked_word(name, field, value).split())


def checked_short(name: str, value: object) -> str:
    """Return a sentence so short that a title may go on with what was found; it may be empty."""
    short = checked_line(name, "in_short", value)
    if len(short.split()) > MOST_WORDS or (short and short[-1] in ".,:;!?"):
        expected = f"at most {MOST_WORDS} words without a full stop, such as 'Dropout narrows the gap'"
        raise InvalidValue(f"{name}: in_short", value, expected, "the title goes on: in 24 of 25 runs")
    return short


def checked_word(name: str, field: str, value: object) -> str:
    """Return a text, which may be empty."""
    if not isinstance(value, str):
        raise InvalidValue(f"{name}: {field}", value, "a text, which may be empty")
    return value
