"""`nnspec rebaseline`: the only way to change what the baseline says, with a reason that is kept."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nnspec.basics.errors import InvalidValue
from nnspec.basics.files import write_text, writing
from nnspec.commands.exit_codes import DONE
from nnspec.commands.names import named
from nnspec.commands.parser import add_command, add_file
from nnspec.project.kept import CLAIMS, LOG, RESULTS
from nnspec.project.outputs import LOG as LOG_KIND
from nnspec.project.outputs import VERDICTS, check_outputs

if TYPE_CHECKING:
    from nnspec.results.baseline import Baseline
    from nnspec.results.claim_record import ClaimRecord, Quantity

_EMPTY_LOG = "# Why the baselines were changed\n\nWritten by `nnspec rebaseline`.\n"


def add_to(commands: Any) -> None:
    """Add the command to the parser's commands."""
    parser = add_command(
        commands,
        "rebaseline",
        run,
        help="take results over into the baseline, with the reason",
        description="Take claims of a results file over into the baseline. The difference to what is stored "
        "is printed first; date, ids and the reason are added to log.md beside the folder.",
        epilog="Exit code: 0 the baseline is written, 2 wrong usage or a file that cannot be used; then "
        "nothing is written.",
    )
    parser.add_argument("ids", metavar="ID", nargs="*", help="a claim with all its parts, or id[part]")
    parser.add_argument("--all", action="store_true", help="every claim of the results")
    parser.add_argument("--because", metavar="REASON", default="", help="why; obligatory")
    add_file(parser, "--results", default=RESULTS)
    add_file(parser, "--baseline", default=CLAIMS, metavar="FOLDER")
    parser.add_argument("--create", action="store_true", help="make the folder of the baseline")
    parser.add_argument("--forget", action="store_true", help="remove these ids, which are no longer claimed")


def run(options: argparse.Namespace) -> int:
    """Write the baselines that change, and why."""
    from nnspec.results import baseline

    reason = " ".join(options.because.split())
    if not reason:
        remedy = '--because "Keras 3.16 draws other numbers"'
        raise InvalidValue("because", options.because, "a reason why the baseline changes", remedy)
    if bool(options.ids) == options.all or (options.forget and options.all):
        raise InvalidValue("ids", options.ids, "ids of claims, or --all for every claim of the results")
    folder = Path(options.baseline)
    beside = {"log": (folder.parent / LOG, LOG_KIND), "verdicts": (folder.parent / "verdicts.md", VERDICTS)}
    check_outputs(beside, [options.results])
    stored = baseline.read_folder(folder)
    log = _read_log(folder.parent / LOG)
    if options.forget:
        changed, told = _without(stored, options.ids)
    else:
        changed, told = _taken(stored, options)
    if not folder.is_dir() and not (options.create or _agreed(folder)):
        raise InvalidValue("baseline", str(folder), "a folder that exists", "--create makes it")
    print("\n".join(told.values()))
    date = datetime.now(UTC).date().isoformat()
    ids = f"all {len(told)} claims" if options.all else ", ".join(f"`{name}`" for name in told)
    entry = f"\n- {date}, {ids}: {reason}\n"
    with writing("baseline"):
        baseline.write(folder, changed)
        write_text(folder.parent / LOG, log.rstrip("\n") + "\n" + entry)
    return DONE


def _agreed(folder: Path) -> bool:
    """Ask whether the folder is meant, where somebody can answer."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    try:
        return input(f"{folder} is not there; make it? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


def _taken(
    stored: Mapping[str, Baseline], options: argparse.Namespace
) -> tuple[dict[str, Baseline], dict[str, str]]:
    """Return the changed baselines, and by name in a line what differs for each claim that is taken."""
    from nnspec.basics.files import read_json, shown
    from nnspec.results import baseline
    from nnspec.results.reading import records, results_on_file

    label = shown(options.results)
    results = results_on_file(read_json(options.results, "`nnspec verify`"), label)
    new = records(results, label)
    old = {claim.key: claim for one in stored.values() for claim in one.claims}
    wanted = list(new) if options.all else named(options.ids, list(new), label)
    # what was not examined says nothing and must not replace what was
    keys = [
        name
        for name in wanted
        if new[name].examined or (options.all and new[name].verdict == "skipped" and name not in old)
    ]
    if not keys:
        received = ", ".join(f"{name} {new[name].verdict}" for name in wanted)
        raise InvalidValue(label, received, "claims that the run examined", "verify them first")
    for name in wanted:
        if name not in keys:
            print(f"{name}: {new[name].verdict} in {label}, left as it is")
    told = {name: f"{name}: " + difference(old.get(name), new[name]) for name in keys}
    return baseline.updated(stored, results, set(keys)), told


def _without(
    stored: Mapping[str, Baseline], ids: Sequence[str]
) -> tuple[dict[str, Baseline], dict[str, str]]:
    names = named(ids, [claim.key for one in stored.values() for claim in one.claims], "baseline")
    changed = {}
    for document, one in stored.items():
        kept = tuple(claim for claim in one.claims if claim.key not in names)
        if len(kept) < len(one.claims):
            changed[document] = replace(one, claims=kept)
    return changed, {name: f"{name}: forgotten" for name in names}


def difference(old: ClaimRecord | None, new: ClaimRecord) -> str:
    """Return in a line what differs between two records of a claim: verdict, share and medians."""
    if old is None:
        seeds = f", {new.successes} of {new.seeds} seeds" if new.seeds else ""
        return f"new, {new.told}{seeds}"
    parts = [_arrow("verdict", old.told, new.told)]
    if old.seeds or new.seeds:
        parts.append(_arrow("share", *(_share(record) for record in (old, new))))
    medians = [{q.label: f"{_median(q):.4g}" for q in record.quantities} for record in (old, new)]
    parts += [
        _arrow(f"median of {label}", medians[0].get(label, "–"), medians[1].get(label, "–"))
        for label in {**medians[0], **medians[1]}
    ]
    return "; ".join(parts)


def _arrow(what: str, old: str, new: str) -> str:
    return f"{what} {old} → {new}" if old != new else f"{what} {new} as before"


def _share(record: ClaimRecord) -> str:
    return f"{(record.successes or 0) / record.seeds:.1%} of {record.seeds}" if record.seeds else "–"


def _median(quantity: Quantity) -> float:
    import numpy as np

    return float(np.median(quantity.array)) if quantity.values else float("nan")


def _read_log(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return _EMPTY_LOG
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidValue("log", str(path), "a text file that can be read", str(error)) from error
