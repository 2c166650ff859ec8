"""The parser of the command line, to which every command adds its own."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import Any, NoReturn

from nnspec.basics.nearest import suggestion

Run = Callable[[argparse.Namespace], int]


class Parser(argparse.ArgumentParser):
    """A parser that says which command or option may be meant by one that is not there."""

    def error(self, message: str) -> NoReturn:
        """Print usage and message, and end."""
        near = ""
        if choice := re.search(r"invalid choice: '(.*)' \(choose from (.*)\)", message):
            near = suggestion(choice[1], re.findall(r"[\w-]+", choice[2]))
        elif unknown := re.match(r"unrecognized arguments: (--?[\w-]+)", message):
            near = suggestion(
                unknown[1], sorted(set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", self.format_help())))
            )
        super().error("; ".join(filter(None, [message, near])))


class Version(argparse.Action):
    """Prints the version, which is looked up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print it and end."""
        from importlib import metadata

        print(f"nnspec {metadata.version('nnspec')}")
        parser.exit()


def add_command(
    commands: Any, name: str, run: Run, interrupted: str = "", **texts: str
) -> argparse.ArgumentParser:
    """Return the new parser of a command that `run` carries out; `texts` are help, description and epilog.

    `interrupted` is what somebody who stops it is told.
    """
    parser: argparse.ArgumentParser = commands.add_parser(name, **texts)
    parser.set_defaults(run=run, interrupted=interrupted, parser=parser)
    return parser


def add_file(parser: argparse.ArgumentParser, *names: str, default: str, metavar: str = "FILE") -> None:
    """Add an option for a file or folder that has a usual place."""
    parser.add_argument(*names, default=default, metavar=metavar, help="default: %(default)s")
