"""An entry of the store with what a fact or a picture showed: JSON, written whole, read back verified."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from nnspec.store.entry import DamagedEntry, Facts, entry_name

SHOWN = ".json"  # how the names of these files end
_LARGEST = 2**25  # bytes, a hundred times as much as a fact with a few pictures


def write_shown(folder: Path, made_of: Facts, value: object) -> Path:
    """Write what was shown, whole or not at all, and return the file; it replaces what another process wrote.

    Raises
    ------
    OSError
        If it cannot be written, for lack of space for example; then nothing is left behind.
    """
    path = folder / f"{entry_name(made_of)}{SHOWN}"
    told = {"made_of": made_of, "value": value}
    text = json.dumps({**told, "checksum": _checksum(told)})
    prefix = f"{path.stem}-"
    with tempfile.NamedTemporaryFile("w", dir=folder, prefix=prefix, suffix=".partial", delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    return path


def read_shown(path: Path) -> tuple[Facts, Any]:
    """Return what an entry says of itself, `made_of`, and what was shown, after all of it has been checked.

    Raises
    ------
    DamagedEntry
        If there is no such file, or it is not what its name and its checksum say.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise DamagedEntry("it is too large")
        found = json.loads(content)
        told = {name: found[name] for name in ("made_of", "value")}
        if found["checksum"] != _checksum(told):
            raise DamagedEntry("its checksum is another one")
        if entry_name(told["made_of"]) != path.stem:
            raise DamagedEntry("what it was made of gives another name")
    except (OSError, ValueError, KeyError, TypeError, RecursionError, MemoryError) as error:
        raise DamagedEntry(" ".join(str(error).split()) or type(error).__name__) from error
    return {"made_of": told["made_of"]}, told["value"]


def _checksum(told: Facts) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
