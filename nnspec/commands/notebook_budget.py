"""How much `nnspec notebook` trains for the figures of a notebook: a budget, seeds, or a time."""

from __future__ import annotations

import argparse
from typing import Any

from nnspec.basics.errors import InvalidValue
from nnspec.claims import budget

_DEFAULT = "standard"
_TIME = "a time of a second or more, such as 90s, 10min or 2h"


def add_budget(parser: Any) -> None:
    """Add the options."""
    parser.add_argument("--budget", help=f"work a printed figure may take (default: {_DEFAULT})")
    parser.add_argument("--seeds", help="the seeds themselves: 128 for the first 128, 256-511, or 4,11")
    parser.add_argument(
        "--time",
        metavar="TIME",
        help="in place of a budget the time to train in, after the notebook's own run: 90s, 10min or 2h; "
        "seeds go where they place most figures",
    )


def budget_of(options: argparse.Namespace) -> budget.Budget:
    """Return what was asked for.

    Raises
    ------
    InvalidValue
        If it is none, or more than one of a budget, seeds and a time.
    """
    if options.time is not None:
        time_of("--time", options.time)
    return budget.chosen(_DEFAULT, options.budget, options.seeds, options.time)


def time_of(name: str, text: str) -> budget.Budget:
    """Return a time as a budget; an error calls it by its option."""
    try:
        return budget.within(text)
    except InvalidValue as error:
        raise InvalidValue(name, text, _TIME) from error
