"""`nnspec show`: one claim with its evidence, from what is stored; nothing is trained."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nnspec.basics.errors import InvalidValue
from nnspec.basics.files import read_json, shown, unusable, writing
from nnspec.basics.nearest import suggestion
from nnspec.commands.exit_codes import DONE
from nnspec.commands.names import stands_for
from nnspec.commands.parser import add_command, add_file
from nnspec.project.kept import CLAIMS, RESULTS, stored_repairs, stored_reruns
from nnspec.project.outputs import PICTURE, check_outputs

if TYPE_CHECKING:
    from nnspec.results.claim_result import ClaimResult

_WRITER = "`nnspec verify`"
_DATES = {".svg": "Date", ".pdf": "CreationDate"}  # fields by which no two files would be the same

Found = list[tuple["ClaimResult", str, str]]  # each with its origin and the budget of its run


def add_to(commands: Any) -> None:
    """Add the command to the parser's commands."""
    parser = add_command(
        commands,
        "show",
        run,
        help="show a claim with its evidence, from stored results",
        description="Print statement, verdict, share and the values of all seeds as small plots, and the "
        "command that replays them. Nothing is trained. What the results do not have comes from the "
        "baseline, and the last lines say so.",
        epilog="Exit code: 0 the claim is shown, 2 wrong usage or a file that cannot be used.",
    )
    parser.add_argument("id", metavar="ID", help="a claim or fact with all its parts, or id[part]")
    parser.add_argument("--results", metavar="FILE", help=f"default: {RESULTS}, then the baseline")
    add_file(parser, "--baseline", default=CLAIMS, metavar="FOLDER")
    parser.add_argument(
        "--figure",
        metavar="FILE",
        help="draw the evidence as a picture too, as PNG, SVG or PDF; the claim's own picture needs its "
        "weights and is in the report of `nnspec verify`",
    )


def run(options: argparse.Namespace) -> int:
    """Print the claim, and draw it."""
    from nnspec.report.terminal.claim_text import claim_text

    inputs = filter(None, (options.results or RESULTS, options.baseline))
    check_outputs({"--figure": (options.figure, PICTURE)}, inputs)
    found = _find(options)
    besides = _besides(Path(options.baseline).parent)
    try:
        texts = [claim_text(claim, origin, besides(claim), budget) for claim, origin, budget in found]
        if options.figure is not None:
            _draw(options, [claim for claim, *_ in found])
    except InvalidValue:
        raise
    except (ArithmeticError, ValueError) as error:  # numbers too large to work with
        label = shown(options.results or RESULTS)
        raise unusable(label, error, f"results of {_WRITER}") from error
    print("\n\n\n".join(texts))
    return DONE


def _besides(folder: Path) -> Callable[[ClaimResult], dict[str, str]]:
    """Return what tells of a claim what is stored beside the baselines: fresh seeds and repair."""
    reruns, repairs = stored_reruns(folder), stored_repairs(folder)

    def besides(claim: ClaimResult) -> dict[str, str]:
        repair = repairs.get(claim.key)
        fresh, true_with = reruns.get(claim.key), repair.summary if repair else ""
        return {"fresh seeds": fresh.text if fresh else "", "true with": true_with}

    return besides


def _find(options: argparse.Namespace) -> Found:
    """Return the parts of the claim from the results, or where those lack it from the baseline.

    Raises
    ------
    InvalidValue
        If there is no such claim, or a file cannot be used.
    """
    path = Path(options.results or RESULTS)
    known: list[str] = []
    if options.results or path.exists():
        claims, known = _of_results(path, options.id)
        if claims:
            return claims
        missing, label = f"{path} does not have it", shown(path)
    else:
        missing, label = f"there is no {path}", "the baseline"
    if not options.results and Path(options.baseline).is_dir():
        claims, names = _of_baseline(Path(options.baseline), options.id, missing)
        if claims:
            return claims
        known += names
    if not known:
        raise InvalidValue("file", str(path), "a file that can be read", f"{_WRITER} writes it")
    raise InvalidValue(
        "id",
        options.id,
        f"an id of {label}",
        suggestion(options.id, known, "`nnspec claims` lists those there are"),
    )


def _of_results(path: Path, wanted: str) -> tuple[Found, list[str]]:
    from nnspec.results.reading import records, results_on_file

    results = results_on_file(read_json(path, _WRITER), shown(path))
    names = list(records(results, shown(path)))
    origin = f"{shown(path)}, {results.environment.get('date', '')[:10]}, budget {results.budget}"
    found = [claim for claim in results.claims if stands_for(wanted, claim.key)]
    return [(claim, origin, results.budget) for claim in found], names


def _of_baseline(folder: Path, wanted: str, missing: str) -> tuple[Found, list[str]]:
    from nnspec.results import baseline
    from nnspec.results.claim_record import completed

    found: Found = []
    names = []
    for document, stored in baseline.read_folder(folder).items():
        for claim in stored.claims:
            names.append(claim.key)
            if stands_for(wanted, names[-1]):
                origin = f"the baseline {folder / document}.json, {claim.date[:10]}; {missing}"
                found.append((completed(claim, document, stored.title), origin, "standard"))
    return found, names


def _draw(options: argparse.Namespace, claims: Sequence[ClaimResult]) -> None:
    from nnspec.report.figure import stored_evidence

    if len(claims) > 1:
        parts = ", ".join(claim.key for claim in claims)
        raise InvalidValue("--figure", options.figure, "a single claim to draw", f"choose one of {parts}")
    if claims[0].seeds is None:
        raise InvalidValue("--figure", options.figure, "a claim that was judged over seeds")
    from matplotlib import rc_context

    figure = stored_evidence(claims[0])
    # the same claim gives the same file, so that a repository sees only what has changed
    fixed = rc_context({"svg.fonttype": "none", "svg.hashsalt": "nnspec"})
    try:
        with writing("--figure", options.figure), fixed:
            figure.savefig(options.figure, metadata={_DATES.get(Path(options.figure).suffix, "Title"): None})
    except InvalidValue:
        raise
    except ValueError as error:  # matplotlib names the formats that it knows
        raise InvalidValue("--figure", options.figure, "a name that ends in .png, .svg or .pdf") from error
