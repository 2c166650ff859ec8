"""`nnspec calibrate`: how often verdicts are wrong, and what they cost in seeds, measured and stored."""

from __future__ import annotations

import argparse
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from nnspec.basics.files import writing
from nnspec.commands.exit_codes import DIFFERENT, DONE
from nnspec.commands.parser import add_command, add_file
from nnspec.project.kept import CALIBRATION
from nnspec.project.outputs import CALIBRATION as KIND
from nnspec.project.outputs import check_outputs

if TYPE_CHECKING:
    from nnspec.studies.calibration.record import Setting

# Without a fault a run says otherwise once in a thousand times.
LEVEL = 1e-3


def add_to(commands: Any) -> None:
    """Add the command to the parser's commands."""
    parser = add_command(
        commands,
        "calibrate",
        run,
        help="simulate claims whose truth is known: how often verdicts are wrong, how many seeds they take",
        description="Simulate claims with known true shares, judge them, compare with exact enumeration and "
        "with the fewest seeds of a test of fixed size, and store what was found. Nothing is trained.",
        epilog="Exit code: 0 no error rate is exceeded, 1 one is or the simulation contradicts the "
        "enumeration, 2 wrong usage.",
    )
    parser.add_argument(
        "--repetitions", type=int, default=10_000, help="claims for each true share (default: %(default)s)"
    )
    parser.add_argument("--random-state", type=int, default=0, help="default: %(default)s")
    add_file(parser, "--output", default=CALIBRATION)


def run(options: argparse.Namespace) -> int:
    """Simulate, compare and store."""
    from nnspec.results.record import environment
    from nnspec.studies.calibration import record as calibration_record

    path = Path(options.output)
    check_outputs({"output": (path, KIND)})
    found = calibration_record.measure(
        options.repetitions, options.random_state, lambda one: print(line(one))
    )
    level = LEVEL / len(found)
    with writing("output", path):
        calibration_record.write(path, found, options.random_state, environment())
    print(f"stored in {path}")
    # the enumeration has no chance in it; the simulation is compared with the enumeration
    kept = all(one.ever_excluded <= one.error_rate and one.disagreement > level for one in found)
    return DONE if kept else DIFFERENT


def line(setting: Setting) -> str:
    """Return what was found about a setting in a line."""
    ratios = [
        f"{name} {median(found):.2f} ({min(found):.2f} to {max(found):.2f})"
        for name, found in (
            ("50 % right", setting.ratios(0)),
            ("90 % right", setting.ratios(1)),
            ("mean", setting.mean_ratios(1)),
        )
        if found
    ]
    return (
        f"claimed {setting.claimed_share:.0%}, error rate {setting.error_rate:.2g}, {setting.at_a_time} at a "
        f"time up to {setting.most_seeds}: at most {setting.wrong} of {setting.repetitions:,} wrong, exactly "
        f"{setting.wrong_exactly:.2g}, for any true share at most {setting.ever_excluded:.2g}; "
        f"seeds over the fewest: {', '.join(ratios) or 'never comparable'}; "
        f"agreement p = {setting.disagreement:.2g}"
    )
