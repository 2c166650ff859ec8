"""`nnspec report`: the HTML report from stored results; nothing is trained."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nnspec.basics.errors import InvalidValue
from nnspec.basics.files import read_json, shown, unusable
from nnspec.commands.terminal.output import say

if TYPE_CHECKING:
    from nnspec.report.parts import Since
    from nnspec.results.claim_record import ClaimRecord

_DONE = 0
_WRITER = "`nnspec verify`"


def add_to(commands: Any) -> None:
    """Add the command to the parser's commands."""
    parser = commands.add_parser(
        "report",
        help="render the HTML report from stored results",
        description="Render the report of a results file again. Nothing is trained. Pictures "
        "are only in the report that `nnspec verify` writes itself: most of them need the networks' weights.",
        epilog="Exit code: 0 the report is written, 2 wrong usage or a file that cannot be used.",
    )
    parser.set_defaults(run=_report)
    parser.add_argument(
        "results", metavar="RESULTS", nargs="?", default="nnspec-results.json", help="default: %(default)s"
    )
    parser.add_argument(
        "--baseline",
        metavar="BASELINE",
        help="a folder of baselines, such as baselines/claims, or older results: the report also says what "
        "has moved since",
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", default="nnspec-report.html", help="default: %(default)s"
    )


def _report(options: argparse.Namespace) -> int:
    from nnspec.basics.files import write_text
    from nnspec.project.kept import kept
    from nnspec.report.page import render
    from nnspec.results.reading import records, results_of

    label = shown(options.results)
    results = results_of(read_json(options.results, _WRITER), label)
    new = records(results, label)
    since = None
    more: dict[str, Any] = {}
    if options.baseline is not None:
        since = _since(options, new)
        more = {"since": since, **kept(Path(options.baseline), drawn=False)}
    try:
        page = render(results, **more)
    except InvalidValue:
        raise
    except (ArithmeticError, ValueError) as error:  # numbers too large to work with
        raise unusable(label, error, f"results of {_WRITER}") from error
    try:
        write_text(options.output, page)
    except OSError as error:
        expected = "a file that can be written"
        raise InvalidValue("--output", options.output, expected, error.strerror or "") from error
    claims = len(results.claims)
    moved = f"; since {shown(options.baseline)}: {since.headline}" if since else ""
    say(f"report   {shown(options.output)}, {claims} {'claim' if claims == 1 else 'claims'}{moved}")
    return _DONE


def _since(options: argparse.Namespace, new: Mapping[str, ClaimRecord]) -> Since:
    """Return what the report shows of the changes since the baseline."""
    from nnspec.report.drift import since_baseline
    from nnspec.results import baseline
    from nnspec.results.reading import records

    path = Path(options.baseline)
    is_folder = path.is_dir()
    old = baseline.records(path) if is_folder else records(read_json(path, _WRITER), shown(path))
    return since_baseline(old, new, shown(path), shown(options.results))
