"""The command line: a friendly front to the pytest plugin."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from nnspec import (
    budget,
    calibration_command,
    compare_command,
    data_command,
    flakiness_command,
    rebaseline_command,
    repair_command,
    report_command,
    show_command,
    store_command,
)
from nnspec.collection import is_path, pytest_arguments, run_pytest
from nnspec.errors import InvalidValue
from nnspec.standard_output import say

AS_RECORDED, DIFFERENT, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 as recorded, 1 a verdict differs, 2 wrong usage."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.run is None:
        parser.print_help(sys.stderr)
        return WRONG_USAGE
    try:
        code: int = options.run(options)
    except InvalidValue as error:
        print(f"nnspec: {error}", file=sys.stderr)
        return WRONG_USAGE
    except KeyboardInterrupt:
        print(f"nnspec: interrupted{options.interrupted}", file=sys.stderr)
        return INTERRUPTED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="nnspec",
        description="Verify what documents claim about neural networks, over hundreds of seeds.",
    )
    parser.set_defaults(run=None, interrupted="")
    commands = parser.add_subparsers(metavar="COMMAND")
    verify = commands.add_parser(
        "verify",
        help="train, judge and report; the main job",
        description="Verify claims: train their recipes over many seeds, judge them, and write a report and "
        "a results file. What is in the store of trained runs is not trained again.",
        epilog="Exit code: 0 every verdict is as recorded or not settled for lack of seeds, 1 one is not, "
        "2 wrong usage, 130 interrupted.",
    )
    verify.set_defaults(run=_verify)
    verify.add_argument(
        "what",
        nargs="*",
        help="files and folders say where to look (default: spec/), ids which claims to take",
    )
    verify.add_argument("-k", metavar="EXPRESSION", help="only claims whose name matches, as in pytest")
    verify.add_argument(
        "--budget",
        default="standard",
        help=f"most seeds a verdict, of recipes of low, medium and high cost: {budget.LISTED}",
    )
    verify.add_argument("--seeds", help="128 (so many), 256-511 (a range) or 4,11 (these; one: 4,)")
    verify.add_argument(
        "--engine", default="stacked", help="stacked (all seeds at once) or keras (model.fit)"
    )
    verify.add_argument(
        "--backend",
        help="what trains: processes (default), loky (joblib's processes) or dask, which needs --cluster",
    )
    verify.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="train on the Dask cluster of this scheduler, tcp://host:8786; implies --backend dask",
    )
    verify.add_argument(
        "--max-memory",
        metavar="SIZE",
        help="most memory of the processes that train, at least 1.9GB (default: 3.5GB or three quarters of "
        "what the machine has, whichever is more)",
    )
    verify.add_argument("--report", default="nnspec-report.html", metavar="FILE", help="default: %(default)s")
    verify.add_argument(
        "--results", default="nnspec-results.json", metavar="FILE", help="default: %(default)s"
    )
    verify.add_argument("--summary", metavar="FILE", help="write a summary as Markdown, for a job's page")
    claims = commands.add_parser(
        "claims",
        help="list the claims; nothing is trained",
        description="List the claims as a table, or as JSON; nothing is trained.",
        epilog="Exit code: 0 listed, 2 wrong usage or a file of claims that cannot be used.",
    )
    claims.set_defaults(run=_claims)
    claims.add_argument("what", nargs="*", help="files or folders (default: spec/)")
    claims.add_argument("--json", action="store_true", help="as JSON, with everything that is declared")
    claims.add_argument(
        "--power",
        action="store_true",
        help="what a verdict can tell apart before anything is trained: seeds needed for given true shares",
    )
    claims.add_argument("--budget", default="standard", help="of --power, the most seeds a verdict may use")
    data_command.add_to(commands)
    compare_command.add_to(commands)
    rebaseline_command.add_to(commands)
    repair_command.add_to(commands)
    report_command.add_to(commands)
    show_command.add_to(commands)
    calibration_command.add_to(commands)
    flakiness_command.add_to(commands)
    store_command.add_to(commands)
    return parser


def _verify(options: argparse.Namespace) -> int:
    from nnspec.display import Display

    paths = [what for what in options.what if is_path(what)]
    ids = [what for what in options.what if not is_path(what)]
    arguments = pytest_arguments(paths, ids)
    arguments += [f"--nnspec-id={name}" for name in ids]
    arguments += [f"--nnspec-budget={options.budget}", f"--nnspec-engine={options.engine}"]
    arguments += [f"--nnspec-results={options.results}", f"--nnspec-report={options.report}"]
    arguments += [f"--nnspec-summary={options.summary}"] if options.summary else []
    arguments += [f"--nnspec-seeds={options.seeds}"] if options.seeds is not None else []
    arguments += ["-k", options.k] if options.k else []
    for name in ("backend", "cluster", "max_memory"):
        value = getattr(options, name)
        arguments += [f"--nnspec-{name.replace('_', '-')}={value}"] if value is not None else []
    display = Display((options.report, options.results))
    return display.exit_code(run_pytest(arguments, display))


def _claims(options: argparse.Namespace) -> int:
    from nnspec.listing import Listing

    budget.parse(options.budget, None)

    listing = Listing()
    code = run_pytest([*pytest_arguments(options.what), "--collect-only"], listing)
    listing.complain()
    if code not in (0, 5):
        return WRONG_USAGE
    if options.power:
        from nnspec import power_table

        powers = power_table.powers(listing.records, listing.error_rate, options.budget)
        say(power_table.as_json(powers) if options.json else power_table.table(powers))
        return AS_RECORDED
    text = json.dumps(listing.records, indent=1, ensure_ascii=False) if options.json else listing.table()
    say(text)
    return AS_RECORDED
