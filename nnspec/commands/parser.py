"""The parser of the command line, to which every command adds its own."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

Run = Callable[[argparse.Namespace], int]


def add_command(
    commands: Any, name: str, run: Run, interrupted: str = "", **texts: str
) -> argparse.ArgumentParser:
    """Return the new parser of a command that `run` carries out; `texts` are help, description and epilog.

    `interrupted` is what somebody who stops it is told.
    """
    parser: argparse.ArgumentParser = commands.add_parser(name, **texts)
    parser.set_defaults(run=run, interrupted=interrupted)
    return parser


def add_file(parser: argparse.ArgumentParser, *names: str, default: str, metavar: str = "FILE") -> None:
    """Add an option for a file or folder that has a usual place."""
    parser.add_argument(*names, default=default, metavar=metavar, help="default: %(default)s")
