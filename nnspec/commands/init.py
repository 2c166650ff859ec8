"""`nnspec init`: a small specification that runs, to read and to change."""

from __future__ import annotations

import argparse
import shlex
from typing import Any

from nnspec.commands.exit_codes import DONE
from nnspec.commands.parser import add_command


def add_to(commands: Any) -> None:
    """Add the command to the parser's commands."""
    parser = add_command(
        commands,
        "init",
        run,
        help="write a small specification that runs, to begin with",
        description="Write a small, commented specification that runs: own data in a CSV file, a general "
        "sentence, a pair, a printed figure, a fact, and the lines that verify it on GitHub. Nothing that is "
        "there is overwritten.",
        epilog="Exit code: 0 it is written, 2 wrong usage, a file of it is there already or cannot be "
        "written; then nothing is.",
    )
    parser.add_argument("folder", metavar="FOLDER", help="where to write it; made if it is missing")


def run(options: argparse.Namespace) -> int:
    """Write the example, and say what is in it and what to do next."""
    from nnspec.basics.files import shown
    from nnspec.project import example_files

    told = {
        example_files.CLAIMS: "three claims and a fact, with comments: read it, change it",
        example_files.DATA: "the data that they train on",
        example_files.PLUGIN: "lets plain pytest find the claims too",
        example_files.WORKFLOW: "verifies them on GitHub",
    }
    written = example_files.write_example(options.folder)
    names = [shown(path) for path in written]
    width = max(map(len, names))
    for name, what in zip(names, told.values(), strict=True):
        print(f"{name:{width}}  {what}")
    folder = shlex.quote(options.folder)
    steps = [(f"cd {folder}", "")] if folder != "." else []
    steps += [
        ("nnspec verify", "train and judge: about a minute the first time"),
        ("nnspec show irises-petals", "one claim with its evidence, in the terminal"),
    ]
    print("\nnext:")
    for step, what in steps:
        print(f"  {step:26} {what}".rstrip())
    return DONE
