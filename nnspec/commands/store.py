"""`nnspec store`: what the store of trained runs holds, whether it is whole, and making it smaller."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import Any

from nnspec.basics.errors import InvalidValue
from nnspec.basics.files import writing
from nnspec.basics.size import parse_size, shown_size
from nnspec.commands.exit_codes import DIFFERENT, DONE
from nnspec.commands.parser import add_command

_STATES = ("usable", "of other versions", "damaged")


_ACTIONS = {
    "show": (
        "show what the store holds (default)",
        "Show what the store holds, as without an action.",
        "0 shown, 2 wrong usage.",
    ),
    "verify": (
        "read every entry whole and check it",
        "Read every entry whole and check it against the checksum that it carries.",
        "0 every entry is whole, 1 one is damaged; it is trained again when it is needed.",
    ),
    "prune": (
        "remove damaged entries, those of other versions, and what interrupted runs left",
        "Remove damaged entries, those of other versions, and what interrupted runs left.",
        "0 removed, 2 wrong usage or a file that cannot be removed.",
    ),
}


def add_to(commands: Any) -> None:
    """Add the command to the parser's commands."""
    store = add_command(
        commands,
        "store",
        run,
        help="show what is kept of trained runs; `store verify` checks it, `store prune` makes it smaller",
        description="Show what the store holds: how many entries there are, how large, and how many of them "
        "the installed versions can use.",
        usage="%(prog)s [-h] [show | verify | prune ...]",
        epilog="Exit code: 0 shown, 2 wrong usage.",
    )
    actions = store.add_subparsers(metavar="show | verify | prune", prog="nnspec store")
    runs = {"show": run, "verify": _verify, "prune": _prune}
    for name, (told, description, code) in _ACTIONS.items():
        epilog = f"Exit code: {code}"
        action = add_command(actions, name, runs[name], help=told, description=description, epilog=epilog)
    action.add_argument(
        "--size", metavar="SIZE", help="then also those used longest ago, until so much is left: 2GB"
    )
    action.add_argument("--all", action="store_true", help="every entry")


def run(options: argparse.Namespace) -> int:
    """Show what the store holds."""
    from nnspec.store.store import default_folder, default_limit
    from nnspec.store.upkeep import survey

    folder, limit = default_folder(), default_limit()
    entries = survey(folder)
    states = Counter(map(_state, entries))
    sizes = {state: sum(entry.size for entry in entries if _state(entry) == state) for state in _STATES}
    lines = [f"{state:18} {states[state]:7,} {shown_size(sizes[state]):>9}" for state in _STATES]
    total = f"{'together':18} {len(entries):7,} {shown_size(sum(sizes.values())):>9} of {shown_size(limit)}"
    print(
        "\n".join(
            [*lines, total, f"folder {folder} (NNSPEC_STORE names another one, NNSPEC_STORE_LIMIT its size)"]
        )
    )
    return DONE


def _verify(options: argparse.Namespace) -> int:
    from nnspec.store.store import default_folder
    from nnspec.store.upkeep import survey

    entries = survey(default_folder(), whole=True)
    damaged = [entry for entry in entries if entry.facts is None]
    for entry in damaged:
        print(f"{entry.path.name}: {entry.problem}")
    remedy = "; `nnspec store prune` removes them" if damaged else ""
    print(f"{len(entries) - len(damaged)} of {len(entries)} entries are whole{remedy}")
    return DIFFERENT if damaged else DONE


def _prune(options: argparse.Namespace) -> int:
    from nnspec.store.store import default_folder
    from nnspec.store.upkeep import remove, survey

    size = None if options.size is None else parse_size("--size", options.size, unit=True)
    if options.all and size is not None:
        raise InvalidValue("--size", options.size, "either --all or --size")
    folder = default_folder()
    before = survey(folder)
    going = [entry for entry in before if options.all or _state(entry) != "usable"]
    staying = [entry for entry in before if entry not in going]
    while size is not None and sum(entry.size for entry in staying) > size:
        going.append(staying.pop())  # what was used longest ago
    amount = f"{len(going)} of {len(before)} entries"
    print(f"removing {amount}, {shown_size(sum(entry.size for entry in going))}, from {folder}")
    paths = {entry.path for entry in going}
    with writing("store", folder, "a folder whose files can be removed"):
        remove(folder, lambda entry: entry.path in paths)
    left = {entry.path for entry in survey(folder)}
    gone = [entry.size for entry in before if entry.path not in left]
    removed = f"{len(gone)} of {len(before)} entries removed, {shown_size(sum(gone))}"
    print(f"{removed}; {len(left)} are left in {folder}")
    return DONE


def _state(entry: Any) -> str:
    from nnspec.store.store import is_current

    if entry.facts is None:
        return "damaged"
    return "usable" if is_current(entry.facts) else "of other versions"
