"""`nnspec compare`: what two files of results differ in; what the files hold decides how."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from nnspec.benchmark_comparison import LEVEL, TOLERANCE, compare
from nnspec.benchmark_run import benchmark_run
from nnspec.errors import InvalidValue
from nnspec.standard_output import say

_SAME, _REGRESSED = 0, 1


def add_to(commands: Any) -> None:
    """Add the command to the parser's commands."""
    parser = commands.add_parser(
        "compare",
        help="compare two files of benchmarks",
        description="Compare two files that pytest-benchmark saved: ratios with intervals, and what a rank "
        "test on the raw rounds shows to be slower. Of different machines no seconds are compared, only the "
        "ratios to the peers that were measured in the same run.",
        epilog="Exit code: 0 nothing is shown to be slower, 1 something is, 2 wrong usage or a file that "
        "cannot be used, 130 interrupted.",
    )
    parser.set_defaults(run=_compare)
    parser.add_argument(
        "old", metavar="OLD", help="a file of `pytest --benchmark-save … --benchmark-save-data`"
    )
    parser.add_argument("new", metavar="NEW", help="another one, of the same benchmarks")
    parser.add_argument("--markdown", metavar="FILE", help="write what is printed also to a file")
    parser.add_argument("--html", metavar="FILE", help="write the comparison as one HTML file")
    parser.add_argument(
        "--level",
        type=float,
        default=LEVEL,
        help="chance that noise makes any benchmark count as slower; default: %(default)s",
    )
    parser.add_argument(
        "--tolerance",
        type=float,
        default=TOLERANCE,
        help="slower by no more than this share does not count; default: %(default)s",
    )


def _compare(options: argparse.Namespace) -> int:
    documents = [(_label(path), _read(path)) for path in (options.old, options.new)]
    for label, document in documents:
        if _is_results(document):
            expected = "a file of pytest-benchmark"
            raise InvalidValue(label, "results of nnspec verify", expected, "only benchmarks can be compared")
    from nnspec.comparison_report import html, markdown

    old, new = (benchmark_run(document, label) for label, document in documents)
    comparison = compare(old, new, level=options.level, tolerance=options.tolerance)
    text = markdown(comparison)
    if options.markdown is not None:
        _write("--markdown", options.markdown, text + "\n")
    if options.html is not None:
        _write("--html", options.html, html(comparison))
    say(text)
    return _REGRESSED if comparison.regressions else _SAME


def _read(path: str) -> object:
    """Return the JSON document of a file."""
    try:
        return json.loads(Path(path).read_bytes())
    except OSError as error:
        raise InvalidValue("file", path, "a file that can be read", error.strerror or "") from error
    except RecursionError as error:
        raise InvalidValue("file", path, "JSON of pytest-benchmark", "it is nested too deeply") from error
    except ValueError as error:
        why = str(error).partition(";")[0]
        raise InvalidValue("file", path, "JSON as pytest-benchmark writes it", f"it says: {why}") from error


def _is_results(document: object) -> bool:
    return isinstance(document, dict) and "claims" in document and "schema" in document


def _label(path: str) -> str:
    return path if path.isprintable() else repr(path)


def _write(option: str, path: str, text: str) -> None:
    from nnspec.whole_file import write_text

    try:
        write_text(path, text)
    except OSError as error:
        expected = "a file that can be written"
        raise InvalidValue(option, path, expected, error.strerror or "") from error
