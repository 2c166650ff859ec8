"""The command line: a friendly front to the pytest plugin."""

from __future__ import annotations

import sys
from collections.abc import Sequence

try:
    from nnspec.basics import streams
    from nnspec.basics.errors import InvalidValue
    from nnspec.commands import (
        calibrate,
        claims,
        compare,
        data,
        flakiness,
        init,
        notebook,
        rebaseline,
        repair,
        report,
        show,
        store,
        verify,
    )
    from nnspec.commands.exit_codes import INTERRUPTED, WRONG_USAGE
    from nnspec.commands.parser import Parser, Version
    from nnspec.machine.termination import Terminated, termination_like_ctrl_c
except KeyboardInterrupt:  # of somebody who has changed their mind before anything began
    print("nnspec: interrupted", file=sys.stderr)
    raise SystemExit(130) from None

COMMANDS = (
    init,
    verify,
    claims,
    data,
    compare,
    rebaseline,
    repair,
    report,
    show,
    notebook,
    calibrate,
    flakiness,
    store,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 as recorded, 1 a verdict differs, 2 wrong usage."""
    streams.guard()
    try:
        return streams.ending(_run(arguments))
    except KeyboardInterrupt:  # while options are read
        print("nnspec: interrupted", file=sys.stderr)
        return INTERRUPTED
    except SystemExit as stop:  # of the parser, after help, version or wrong usage
        stop.code = streams.ending(int(stop.code or 0))
        raise


def _run(arguments: Sequence[str] | None) -> int:
    parser = whole_parser()
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        options.parser.error(f"unrecognized arguments: {' '.join(unknown)}")
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
        print("; ".join(filter(None, ["nnspec: interrupted", options.interrupted])), file=sys.stderr)
        return stop.exit_code if isinstance(stop, Terminated) else INTERRUPTED
    return code


def whole_parser() -> Parser:
    """Return the parser with all commands."""
    parser = Parser(
        prog="nnspec",
        description="Verify what documents claim about neural networks, over hundreds of seeds.",
        epilog="Exit code of every command: 2 wrong usage, 130 interrupted, 143 ended by SIGTERM, 129 "
        "by SIGHUP, 141 the "
        "reader of its output has gone, 74 its output cannot be written.",
    )
    parser.add_argument("--version", action=Version, nargs=0, help="print the version and end")
    parser.set_defaults(run=None, interrupted="", parser=parser)
    commands = parser.add_subparsers(metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(commands)
    return parser
