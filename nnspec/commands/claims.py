"""`nnspec claims`: list what is claimed, and what seeds can tell of it."""

from __future__ import annotations

import argparse
import json

from nnspec.basics.plain_data import plain
from nnspec.claims import budget
from nnspec.commands.collection import pytest_arguments, run_pytest
from nnspec.commands.exit_codes import AS_RECORDED, WRONG_USAGE
from nnspec.commands.terminal.output import say


def _claims(options: argparse.Namespace) -> int:
    from nnspec.commands.terminal.listing import Listing

    budget.parse(options.budget, None)

    listing = Listing()
    code = run_pytest([*pytest_arguments(options.what), "--collect-only"], listing)
    listing.complain()
    if code not in (0, 5):
        return WRONG_USAGE
    if options.power:
        from nnspec.commands.terminal import power_table

        powers = power_table.powers(listing.records, listing.error_rate, options.budget)
        say(power_table.as_json(powers) if options.json else power_table.table(powers))
        return AS_RECORDED
    text = (
        json.dumps(plain(listing.records), indent=1, ensure_ascii=False) if options.json else listing.table()
    )
    say(text)
    return AS_RECORDED
