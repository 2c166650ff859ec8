"""`nnspec claims`: list what is claimed, and what seeds can tell of it."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from nnspec.basics.plain_data import plain
from nnspec.claims import budget
from nnspec.commands.collection import pytest_arguments, run_pytest
from nnspec.commands.exit_codes import DONE, WRONG_USAGE
from nnspec.commands.parser import add_command


def add_to(commands: Any) -> None:
    """Add the command to the parser's commands."""
    parser = add_command(
        commands,
        "claims",
        run,
        help="list the claims; nothing is trained",
        description="List the claims as a table, or as JSON; nothing is trained.",
        epilog="Exit code: 0 listed, 2 wrong usage or a file of claims that cannot be used.",
    )
    parser.add_argument("what", nargs="*", help="files or folders (default: spec/)")
    parser.add_argument("--json", action="store_true", help="as JSON, with everything that is declared")
    parser.add_argument(
        "--power",
        action="store_true",
        help="what a verdict can tell apart before anything is trained: seeds needed for given true shares",
    )
    parser.add_argument("--budget", default="standard", help="of --power, the most seeds a verdict may use")


def run(options: argparse.Namespace) -> int:
    """Print the claims."""
    from nnspec.commands.terminal.listing import Listing

    budget.parse(options.budget, None)

    listing = Listing()
    code = run_pytest([*pytest_arguments(options.what), "--collect-only"], listing)
    listing.complain()
    if code not in (0, 5):
        return WRONG_USAGE
    for line in listing.left_out:
        print(line, file=sys.stderr)
    if options.power:
        from nnspec.commands.terminal import power_table

        powers = power_table.powers(listing.records, listing.error_rate, options.budget)
        print(power_table.as_json(powers) if options.json else power_table.table(powers))
    else:
        records = plain(listing.records)
        print(json.dumps(records, indent=1, ensure_ascii=False) if options.json else listing.table())
    return DONE
