"""`nnspec flakiness`: claims judged again on fresh, disjoint blocks of seeds, and whether verdicts agree."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nnspec.basics.errors import InvalidValue, MissingData
from nnspec.basics.files import writing
from nnspec.commands.exit_codes import DIFFERENT, DONE, GO_ON
from nnspec.commands.parser import add_command, add_file
from nnspec.project.kept import FLAKINESS
from nnspec.project.outputs import FLAKINESS as KIND
from nnspec.project.outputs import check_added_to, check_outputs

if TYPE_CHECKING:
    from nnspec.claims.budget import Budget
    from nnspec.claims.declarations import Claim
    from nnspec.studies.flakiness.reruns import Reruns

_COSTS = ("low", "medium", "high")


def add_to(commands: Any) -> None:
    """Add the command to the parser's commands."""
    parser = add_command(
        commands,
        "flakiness",
        run,
        GO_ON,
        help="judge claims again on fresh, disjoint blocks of seeds: how often does a verdict change?",
        description="Judge every claim on several blocks of seeds that share none, with one another or with "
        "the recorded verdicts, and store how often a verdict was another one. Claims of a file that was "
        "written on the same terms are kept.",
        epilog="Exit code: 0 no block contradicts another, 1 one does (a claim holds in one and is refuted "
        "in another), 2 wrong usage.",
    )
    parser.add_argument("what", nargs="*", help="files or folders (default: spec/)")
    parser.add_argument("--blocks", type=int, default=20, help="how many (default: %(default)s)")
    parser.add_argument("--budget", default="standard", help="work of a verdict (default: %(default)s)")
    parser.add_argument(
        "--cost", choices=_COSTS, default="low", help="only claims that cost so much (default: %(default)s)"
    )
    parser.add_argument("--first-seed", type=int, help="of the first block (default: beyond every budget)")
    add_file(parser, "--output", default=FLAKINESS)


def run(options: argparse.Namespace) -> int:
    """Judge the claims again and store how they came out."""
    from nnspec.claims import budget
    from nnspec.commands.collection import claims_in, files_of
    from nnspec.results.record import environment
    from nnspec.studies.flakiness import record as flakiness_record
    from nnspec.studies.flakiness import reruns as flakiness

    check_outputs({"output": (Path(options.output), KIND)}, files_of(options.what))
    check_added_to(Path(options.output), flakiness_record.read)
    first = flakiness.FIRST_SEED if options.first_seed is None else options.first_seed
    blocks = flakiness.blocks(options.blocks, budget.parse(options.budget, None), first)
    claims, error_rate = claims_in(options.what)
    level, path = _COSTS.index(options.cost), Path(options.output)
    wanted, without_data = _of_level(claims, level)
    found: list[Reruns] = []
    progress = _progress(wanted, blocks)
    for one, trained in _rerun(wanted, blocks, error_rate):
        found.append(one)
        print(f"{line(one)} ({progress(one.key, trained)})")
        new = flakiness_record.Flakiness(options.budget, error_rate, tuple(found), environment())
        with writing("output", path):
            # after every claim, because all of them take hours
            flakiness_record.write(path, flakiness_record.merged(path, new))
    if not found:
        raise InvalidValue("what", options.what, f"claims of {options.cost} cost whose data are there")
    print(_summary(found, without_data))
    return DIFFERENT if any(one.contradicting for one in found) else DONE


def _progress(claims: Sequence[Claim], blocks: Sequence[Budget]) -> Callable[[str, int], str]:
    """Return what says, after a claim and the seeds trained for it, how many are done and the time left."""
    from nnspec.session.expected_cost import ExpectedCost
    from nnspec.session.time_left import TimeLeft

    expected = ExpectedCost(blocks[0])
    costs = {claim.key: len(blocks) * expected.of(claim) for claim in claims}
    started, time_left, done = time.perf_counter(), TimeLeft(sum(costs.values())), 0

    def progress(key: str, trained: int) -> str:
        nonlocal done
        done += 1
        elapsed = time.perf_counter() - started
        time_left.finished(costs[key], elapsed, worked=trained > 0)
        return ", ".join(filter(None, [f"{done} of {len(costs)}", time_left.text(elapsed)]))

    return progress


def line(one: Reruns) -> str:
    """Return how a claim came out, in a line."""
    verdicts = ", ".join(f"{verdict} {number}" for verdict, number in Counter(one.verdicts).most_common())
    others = Counter(one.counterfactuals)
    odd = "" if set(others) == {"refuted"} else f"; counterfactual {dict(others)}"
    mark = "stable  " if one.stable else "unstable"
    return f"{mark}  {one.key}: recorded {one.expected}, found {verdicts}{odd}"


def _summary(found: Sequence[Reruns], without_data: int) -> str:
    runs = sum(len(one.verdicts) for one in found)
    failed, wrong = sum(one.not_as_recorded for one in found), sum(one.contradicting for one in found)
    stable = sum(one.stable for one in found)
    left_out = f"; {without_data} left out for lack of data" if without_data else ""
    return (
        f"{stable} of {len(found)} claims have one verdict in every block; {failed} of {runs} verdicts "
        f"({failed / runs:.2%}) are not as recorded, {wrong} contradict those of other blocks{left_out}"
    )


def _of_level(claims: Sequence[Claim], level: int) -> tuple[list[Claim], int]:
    """Return the general claims of this level of cost, and how many could not be told for lack of data."""
    from nnspec.session.plan import cost_level_of

    wanted, without_data = [], 0
    for claim in (one for one in claims if one.reading == "general"):  # the others are held to no share
        try:
            if cost_level_of(claim) == level:
                wanted.append(claim)
        except MissingData:
            without_data += 1
    return wanted, without_data


def _rerun(claims: list[Claim], blocks: Sequence[Budget], error_rate: float) -> Iterator[tuple[Reruns, int]]:
    """Yield the reruns of one claim after the other, all blocks by one program, with the seeds trained."""
    from nnspec.session.session import Session
    from nnspec.store.store import Store
    from nnspec.studies.flakiness.reruns import rerun
    from nnspec.workers.pool import Workers

    workers, store = Workers(), Store()
    try:
        for claim in claims:
            # sessions keep what they have trained, so every claim has new ones; the store has it all
            sessions = [Session(block, error_rate, store, workers=workers, order=claims) for block in blocks]
            for session in sessions:
                session.begin(claim)  # what every block needs in any case keeps all cores busy
            judged = [session.judge(claim) for session in sessions]
            limit, first = len(judged[0].plan.seeds), blocks[0].seeds[0]
            found = rerun(claim, [one.judgement for one in judged], limit, first)
            yield found, sum(one.trained for one in judged)
    finally:
        workers.close()
