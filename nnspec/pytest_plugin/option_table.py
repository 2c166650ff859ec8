"""The options of a run, which `nnspec verify` has and pytest too, there with `--nnspec-` before the name."""

from __future__ import annotations

from typing import NamedTuple

from nnspec.claims import budget
from nnspec.project.kept import REPORT, RESULTS


class Option(NamedTuple):
    """An option `--name`; the default is that of `nnspec verify`, with another one for pytest."""

    name: str
    metavar: str
    help: str
    default: str | None = None
    of_pytest: str | None = None


BUDGET = "standard"  # of `nnspec verify`, where neither a budget nor seeds nor a time is asked for
_BUDGET = f"work of a core for a verdict, estimated from its recipes: {budget.LISTED}"
_TIME = "in place of a budget the time to train in, 90s, 10min or 2h; seeds go where they decide most"
_BACKEND = "what trains: processes (default), loky (joblib's processes) or dask, which needs --cluster"
_CLUSTER = "train on the Dask cluster of this scheduler, tcp://host:8786; implies --backend dask"
_MEMORY = (
    "most memory of the processes that train, at least 2GB (default: 3.5GB or three quarters of what the "
    "machine has, whichever is more)"
)
OPTIONS = (
    Option("budget", "BUDGET", _BUDGET, BUDGET),
    Option("time", "TIME", _TIME),
    Option("seeds", "SEEDS", "128 (so many), 256-511 (a range) or 4,11 (these; one: 4,)"),
    Option("engine", "ENGINE", "stacked (all seeds at once) or keras (model.fit)", "stacked", "stacked"),
    Option("backend", "BACKEND", _BACKEND),
    Option("cluster", "ADDRESS", _CLUSTER),
    Option("max-memory", "SIZE", _MEMORY),
    Option("report", "FILE", "write the report, one HTML file", REPORT),
    Option("results", "FILE", "write everything that was found as JSON", RESULTS),
    Option("summary", "FILE", "write a summary as Markdown, for a job's page"),
)
