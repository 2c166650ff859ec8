"""`nnspec repair`: the smallest change of a refuted claim's recipe under which the claim holds."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nnspec.basics.errors import InvalidValue, MissingData
from nnspec.basics.files import writing
from nnspec.basics.nearest import suggestion
from nnspec.commands.exit_codes import DIFFERENT, DONE, GO_ON
from nnspec.commands.names import stands_for
from nnspec.commands.parser import add_command
from nnspec.project.kept import REPAIRS
from nnspec.project.outputs import REPAIRS as KIND
from nnspec.project.outputs import check_added_to, check_outputs
from nnspec.report.words.wording import claimed

if TYPE_CHECKING:
    from nnspec.claims.budget import Budget
    from nnspec.claims.declarations import Claim
    from nnspec.recipes.changes import Change
    from nnspec.session.session import Session
    from nnspec.studies.repair.record import Confirmation, Repair, Trial


def add_to(commands: Any) -> None:
    """Add the command to the parser's commands."""
    parser = add_command(
        commands,
        "repair",
        run,
        GO_ON,
        help="what would make a refuted claim true? The smallest confirmed change of its recipe",
        description="Try a declared neighbourhood of the recipe – epochs and learning rate, then units, "
        "batch size and initialization, one at a time and then two – in every arm and the counterfactual "
        "alike. Each is tried on a few seeds, and on more where these leave hope. Changes are chosen on one "
        "set of seeds and confirmed on fresh ones, the error rate split over the confirmations. The smallest "
        "one is printed as a difference of the Keras scripts.",
        epilog="Exit code: 0 a change is confirmed for every claim, 1 for one there is none, 2 wrong usage.",
    )
    parser.add_argument(
        "what",
        nargs="+",
        help="ids of claims; files and folders say where to look (default: spec/), alone that every refuted "
        "claim in them is meant",
    )
    parser.add_argument("--budget", default="full", help="fresh seeds a confirmation (default: %(default)s)")
    parser.add_argument("--json", metavar="FILE", help="write everything that was tried")
    parser.add_argument(
        "--store",
        nargs="?",
        const=REPAIRS,
        metavar="FILE",
        help=f"add it to a file that the report shows; without FILE: {REPAIRS}; not given: nothing is stored",
    )


def run(options: argparse.Namespace) -> int:
    """Search, print what was found and store it."""
    from nnspec.claims import budget
    from nnspec.commands.collection import claims_in, files_of, is_path
    from nnspec.results.record import environment
    from nnspec.studies.repair import record as repair_record
    from nnspec.studies.repair import search as repair
    from nnspec.studies.repair.text import sentences

    chosen_budget = budget.parse(options.budget, None)
    fresh = replace(
        chosen_budget, seeds=tuple(seed + repair.FIRST_FRESH_SEED for seed in chosen_budget.seeds)
    )
    outputs = {"--json": (options.json, KIND), "--store": (options.store, KIND)}
    check_outputs(outputs, files_of(options.what))
    if options.store:
        check_added_to(Path(options.store), repair_record.read)
    paths = [what for what in options.what if is_path(what)]
    claims, error_rate = claims_in(paths)
    wanted = [what for what in options.what if not is_path(what)]
    chosen = _named(claims, wanted) if wanted else _refuted(claims)
    found: list[Repair] = []
    for claim in chosen:
        print(f"{claim.key}: {claim.statement}")
        try:
            one = _search(claim, error_rate, fresh)
        except MissingData as error:
            if wanted:
                raise InvalidValue("id", claim.key, "a claim whose data are there", str(error)) from error
            print(f"left out: {error}\n")
            continue
        found.append(one)
        print("\n".join(["", *sentences(one), "", one.difference]))
        for path, content in _files(options, found):
            with writing("file", path):
                # after every claim, because all of them take hours
                repair_record.write(path, content, environment())
    if not found:
        raise InvalidValue("what", options.what, "refuted claims whose data are there")
    return DONE if all(one.found for one in found) else DIFFERENT


def _files(options: argparse.Namespace, found: list[Repair]) -> Iterable[tuple[Path, Sequence[Repair]]]:
    from nnspec.studies.repair.record import merged

    if options.json:
        yield Path(options.json), found
    if options.store:
        yield Path(options.store), merged(Path(options.store), found)


def _named(claims: Sequence[Claim], wanted: Sequence[str]) -> list[Claim]:
    """Return the claims of these ids, each with all its parts that do not hold, or of id[part] alone."""
    chosen: list[Claim] = []
    for name in wanted:
        meant = [claim for claim in claims if stands_for(name, claim.key)]
        if not meant:
            otherwise = "`nnspec claims` lists them; facts have no recipe"
            remedy = suggestion(name, [claim.key for claim in claims], otherwise)
            raise InvalidValue("id", name, "the id of a claim", remedy)
        general = [claim for claim in meant if claim.reading == "general"]
        broken = [claim for claim in general if claim.verdict != "holds"]
        if not broken:
            why = "it holds" if general else "what is said of one case or run is held to no share"
            raise InvalidValue("id", name, "a claim that is recorded as refuted or undecided", why)
        chosen += [claim for claim in broken if claim not in chosen]
    return chosen


def _refuted(claims: Sequence[Claim]) -> list[Claim]:
    from nnspec.recipes.recipe import Recipe

    refuted = [claim for claim in claims if claim.verdict == "refuted"]
    return [one for one in refuted if any(isinstance(arm, Recipe) for arm in one.recipes.values())]


def _search(claim: Claim, error_rate: float, fresh: Budget) -> Repair:
    from nnspec.session.session import Session
    from nnspec.store.store import Store
    from nnspec.studies.repair.search import repair
    from nnspec.workers.pool import Workers

    # a session keeps what it has trained, so every claim has a new one
    session = Session(fresh, error_rate, Store(), workers=Workers())
    try:
        return repair(claim, session.runs, error_rate, fresh, _teller(claim, session), session.ahead)
    finally:
        session.close()


def _teller(claim: Claim, session: Session) -> Callable[[Trial | Confirmation], None]:
    """Return what says how every change came out, how many may follow and how long they may take."""
    from nnspec.session.time_left import TimeLeft
    from nnspec.studies.repair.record import Trial
    from nnspec.studies.repair.text import tried

    started, costs = time.perf_counter(), _costs(claim)
    time_left, done, trained = TimeLeft(sum(costs.values())), 0, 0

    def told(one: Trial | Confirmation) -> None:
        nonlocal done, trained
        seconds = time.perf_counter() - started
        if isinstance(one, Trial):
            done += 1
            time_left.finished(costs[one.change], seconds, worked=session.trained > trained)
            trained = session.trained
            left = ", ".join(filter(None, [f"{done} of at most {len(costs)}", time_left.text(seconds)]))
            print(f"  {seconds:5.0f} s  {tried(one)} ({left})")
        else:
            time_left.finished(0.0, seconds, worked=False)  # what confirms is no part of the trials
            trained = session.trained
            count = f"{one.counted.successes} of {one.counted.seeds}"
            told = f"claim {one.verdict}, counterfactual {one.counterfactual}"
            print(f"  {seconds:5.0f} s  fresh seeds, {one.change}: {count}, {told}")

    print(f"  claimed for {claimed(claim.share)} of the seeds")
    return told


def _costs(claim: Claim) -> dict[Change, float]:
    """Return what trying each change will cost, in seconds of a core."""
    from nnspec.claims.budget import parse
    from nnspec.recipes.changes import UNCHANGED, neighbourhood
    from nnspec.session.expected_cost import ExpectedCost
    from nnspec.studies.repair.search import changed

    expected = ExpectedCost(parse("quick", None))  # a first look takes about as much

    def cost(change: Change) -> float:
        try:
            return expected.of_recipes(changed(claim, change).recipes.values())
        except InvalidValue:  # a change that cannot be made
            return 0.0

    return {change: cost(change) for change in (UNCHANGED, *neighbourhood())}
