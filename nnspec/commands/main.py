"""The command line: a friendly front to the pytest plugin."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from nnspec.basics.errors import InvalidValue
from nnspec.claims import budget
from nnspec.commands import calibrate, compare, data, flakiness, rebaseline, repair, report, show, store
from nnspec.commands.claims import _claims
from nnspec.commands.exit_codes import INTERRUPTED, TERMINATED, WRONG_USAGE
from nnspec.commands.verify import _verify
from nnspec.machine.termination import Terminated, termination_like_ctrl_c


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 as recorded, 1 a verdict differs, 2 wrong usage."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.run is None:
        parser.print_help(sys.stderr)
        return WRONG_USAGE
    try:
        with termination_like_ctrl_c():
            code: int = options.run(options)
    except InvalidValue as error:
        print(f"nnspec: {error}", file=sys.stderr)
        return WRONG_USAGE
    except KeyboardInterrupt as stop:
        print(f"nnspec: interrupted{options.interrupted}", file=sys.stderr)
        return TERMINATED if isinstance(stop, Terminated) else INTERRUPTED
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
        "2 wrong usage, 130 interrupted, 143 ended by SIGTERM.",
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
    verify.add_argument(
        "--traceback", action="store_true", help="show all of an error in the code of a claim, not its line"
    )
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
    data.add_to(commands)
    compare.add_to(commands)
    rebaseline.add_to(commands)
    repair.add_to(commands)
    report.add_to(commands)
    show.add_to(commands)
    calibrate.add_to(commands)
    flakiness.add_to(commands)
    store.add_to(commands)
    return parser
