"""`nnspec compare`: what two runs differ in; what the files hold decides how."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nnspec.basics.errors import InvalidValue
from nnspec.basics.files import read_json, shown, write_text, writing
from nnspec.commands.exit_codes import DIFFERENT, DONE
from nnspec.commands.parser import add_command
from nnspec.project.kept import CLAIMS
from nnspec.project.outputs import COMPARISON, PAGE, check_outputs

if TYPE_CHECKING:
    from nnspec.results.claim_record import ClaimRecord

_WRITERS = "`nnspec verify` or pytest-benchmark"


def add_to(commands: Any) -> None:
    """Add the command to the parser's commands."""
    parser = add_command(
        commands,
        "compare",
        run,
        help="compare a run with the baseline or another run, of the claims or of the benchmarks",
        usage="nnspec compare RESULTS [BASELINE] | OLD NEW | RUN [options]",
        description="Of the claims, RESULTS of `nnspec verify` are compared with a BASELINE, a folder or "
        "older results: whose distribution over the seeds has moved, by how much, and which verdicts "
        "changed. Of the benchmarks, two files that pytest-benchmark saved, OLD and NEW: ratios with "
        "intervals, and what a rank test on the raw rounds shows to be slower; of different machines no "
        "seconds are compared, only the ratios to the peers that were measured in the same run. One RUN of "
        "the benchmarks alone is shown: ratios to its peers, and how time and memory grow with the seeds.",
        epilog="Exit code: 0 nothing has moved or is shown to be slower, 1 something has, or a verdict "
        "changed, 2 wrong usage or a file that cannot be used, 130 interrupted.",
    )
    parser.add_argument(
        "one", metavar="RESULTS", help="results of the claims, or OLD or RUN of the benchmarks"
    )
    parser.add_argument(
        "other",
        metavar="BASELINE",
        nargs="?",
        help=f"of the claims a folder or older results (default: {CLAIMS}), or NEW of the benchmarks",
    )
    parser.add_argument("--markdown", metavar="FILE", help="write what is printed also to a file")
    parser.add_argument("--html", metavar="FILE", help="write the comparison as one HTML file")
    parser.add_argument(
        "--level",
        type=float,
        help="chance that noise alone makes any claim count as moved (default: 0.01) or any benchmark as "
        "slower (default: 0.05)",
    )
    parser.add_argument(
        "--tolerance",
        type=float,
        help="of benchmarks: slower by no more than this share does not count; default: 0.05",
    )


def run(options: argparse.Namespace) -> int:
    """Compare what the files hold, or show the one run of benchmarks."""
    outputs = {"--markdown": (options.markdown, COMPARISON), "--html": (options.html, PAGE)}
    check_outputs(outputs, filter(None, (options.one, options.other)))
    document = read_json(options.one, _WRITERS)
    if _is_results(document):
        return _claims(options, document)
    if options.other is None:
        return _peers(options, document)
    return _benchmarks(options, document, read_json(options.other, _WRITERS))


def _benchmarks(options: argparse.Namespace, *documents: object) -> int:
    from nnspec.studies.speed.comparison import LEVEL, TOLERANCE, compare
    from nnspec.studies.speed.comparison_report import html, markdown
    from nnspec.studies.speed.run import benchmark_run

    labels = shown(options.one), shown(options.other)
    old = benchmark_run(documents[0], labels[0])
    if _is_results(documents[1]):
        remedy = "claims and benchmarks cannot be compared"
        raise InvalidValue(labels[1], "results of nnspec verify", "a file of pytest-benchmark", remedy)
    new = benchmark_run(documents[1], labels[1])
    level = LEVEL if options.level is None else options.level
    tolerance = TOLERANCE if options.tolerance is None else options.tolerance
    comparison = compare(old, new, level=level, tolerance=tolerance)
    _tell(options, markdown(comparison), html(comparison) if options.html is not None else "")
    return DIFFERENT if comparison.regressions else DONE


def _peers(options: argparse.Namespace, document: Any) -> int:
    from nnspec.studies.speed.run import benchmark_run
    from nnspec.studies.speed.run_report import html, markdown

    for name in ("level", "tolerance"):
        if getattr(options, name) is not None:
            raise InvalidValue(
                name, getattr(options, name), "no such option for one run", "nothing is tested"
            )
    run = benchmark_run(document, shown(options.one))
    _tell(options, markdown(run), html(run) if options.html is not None else "")
    return DONE


def _claims(options: argparse.Namespace, document: object) -> int:
    from nnspec.project.kept import old_records
    from nnspec.report.drift import html, markdown
    from nnspec.results import baseline
    from nnspec.results.drift import LEVEL, drift
    from nnspec.results.reading import records, results_on_file

    if options.tolerance is not None:
        raise InvalidValue("tolerance", options.tolerance, "no tolerance for claims", "it is of benchmarks")
    label = shown(options.one)
    new = records(results_on_file(document, label), label)
    other = Path(CLAIMS if options.other is None else options.other)
    old = baseline.records(other) if options.other is None else old_records(other)
    found = drift(old, new, level=LEVEL if options.level is None else options.level)
    sides = {"OLD": _side(shown(other), old), "NEW": _side(shown(options.one), new)}
    _tell(options, markdown(found, sides), html(found, sides) if options.html is not None else "")
    return DIFFERENT if found.changed else DONE


def _side(label: str, records: Mapping[str, ClaimRecord]) -> str:
    """Return where records come from, with their dates and machines."""
    dates = sorted({record.date for record in records.values()} - {""})
    machines = sorted({record.machine for record in records.values()} - {""})
    period = dates[:1] if len(dates) < 2 else [f"{dates[0]} to {dates[-1]}"]
    return "; ".join([label, *period, *machines])


def _tell(options: argparse.Namespace, text: str, page: str) -> None:
    for option, content in (("markdown", text + "\n"), ("html", page)):
        if (path := getattr(options, option)) is not None:
            with writing(f"--{option}", path):
                write_text(path, content)
    print(text)


def _is_results(document: object) -> bool:
    return isinstance(document, dict) and "claims" in document and "schema" in document
