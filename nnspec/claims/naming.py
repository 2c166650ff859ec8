"""The name of a claim or fact: an id, and a part where several readings share the id."""

from __future__ import annotations


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
