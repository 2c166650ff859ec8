"""`nnspec report`: the HTML report from stored results; nothing is trained."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nnspec.basics.errors import InvalidValue
from nnspec.basics.files import read_json, shown, unusable, write_text, writing
from nnspec.commands.exit_codes import DONE
from nnspec.commands.parser import add_command, add_file
from nnspec.project.kept import CLAIMS, REPORT, RESULTS, what_is_kept
from nnspec.project.outputs import PAGE, check_outputs

if TYPE_CHECKING:
    from nnspec.report.parts import Since

_WRITER = "`nnspec verify`"


def add_to(commands: Any) -> None:
    """Add the command to the parser's commands."""
    parser = add_command(
        commands,
        "report",
        run,
        help="render the HTML report from stored results",
        description="Render the report of a results file again. Nothing is trained. Pictures "
        "are only in the report that `nnspec verify` writes itself: most of them need the networks' weights.",
        epilog="Exit code: 0 the report is written, 2 wrong usage or a file that cannot be used.",
    )
    parser.add_argument("results", metavar="RESULTS", nargs="?", default=RESULTS, help="default: %(default)s")
    parser.add_argument(
        "--baseline",
        metavar="BASELINE",
        help=f"a folder of baselines, such as {CLAIMS}, or older results: the report also says what "
        "has moved since",
    )
    add_file(parser, "-o", "--output", default=REPORT)


def run(options: argparse.Namespace) -> int:
    """Write the report."""
    from nnspec.report.page import render
    from nnspec.results.reading import records, results_on_file

    inputs = filter(None, (options.results, options.baseline))
    check_outputs({"--output": (options.output, PAGE)}, inputs)
    label = shown(options.results)
    results = results_on_file(read_json(options.results, _WRITER), label)
    new = records(results, label)
    since: Since | None = None
    more: dict[str, Any] = {}
    if options.baseline is not None:
        names = shown(options.baseline), label
        more = what_is_kept(Path(options.baseline), new, names, strict=True, drawn=False)
        since = more["since"]
    try:
        page = render(results, **more)
    except InvalidValue:
        raise
    except (ArithmeticError, ValueError) as error:  # numbers too large to work with
        raise unusable(label, error, f"results of {_WRITER}") from error
    with writing("--output", options.output):
        write_text(options.output, page)
    claims = len(results.claims)
    moved = f"; since {shown(options.baseline)}: {since.headline}" if since else ""
    print(f"report   {shown(options.output)}, {claims} {'claim' if claims == 1 else 'claims'}{moved}")
    return DONE
