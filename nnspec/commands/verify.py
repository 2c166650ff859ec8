"""`nnspec verify`: judge claims and write results and report."""

from __future__ import annotations

import argparse
from typing import Any

from nnspec.commands.collection import is_path, pytest_arguments, run_pytest
from nnspec.commands.parser import add_command
from nnspec.project.kept import REPORT, RESULTS
from nnspec.pytest_plugin.option_table import BUDGET, OPTIONS


def add_to(commands: Any) -> None:
    """Add the command to the parser's commands."""
    parser = add_command(
        commands,
        "verify",
        run,
        help="train, judge and report; the main job",
        description="Verify claims: train their recipes over many seeds, judge them, and write a report and "
        "a results file. What is in the store of trained runs is not trained again.",
        epilog="Exit code: 0 every verdict is as recorded or not settled for lack of seeds, 1 one is not, "
        "2 wrong usage, 130 interrupted, 143 ended by SIGTERM, 129 by SIGHUP.",
    )
    parser.add_argument(
        "what",
        nargs="*",
        help="files and folders say where to look (default: spec/), ids which claims to take",
    )
    parser.add_argument("-k", metavar="EXPRESSION", help="only claims whose name matches, as in pytest")
    for option in OPTIONS:
        default = f" (default: {option.default})" if option.default in (REPORT, RESULTS, BUDGET) else ""
        known = None if option.name == "budget" else option.default  # a budget may be left out for seeds
        parser.add_argument(
            f"--{option.name}", metavar=option.metavar, default=known, help=option.help + default
        )
    parser.add_argument(
        "--traceback", action="store_true", help="show all of an error in the code of a claim, not its line"
    )


def run(options: argparse.Namespace) -> int:
    """Verify, print what was found and return the exit code."""
    from nnspec.commands.terminal.display import Display

    paths = [what for what in options.what if is_path(what)]
    ids = [what for what in options.what if not is_path(what)]
    arguments = pytest_arguments(paths, ids) + [f"--nnspec-id={name}" for name in ids]
    chosen = {option.name: getattr(options, option.name.replace("-", "_")) for option in OPTIONS}
    arguments += [f"--nnspec-{name}={value}" for name, value in chosen.items() if value is not None]
    arguments += ["-k", options.k] if options.k else []
    arguments += ["--full-trace"] if options.traceback else []
    if options.budget is options.seeds is options.time is None:
        arguments.append(f"--nnspec-budget={BUDGET}")
    display = Display((options.report, options.results))
    return display.exit_code(run_pytest(arguments, display))
