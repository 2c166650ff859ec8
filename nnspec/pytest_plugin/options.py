"""Options, hooks and the state of the plugin."""

from __future__ import annotations

import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.claims import budget
from nnspec.pytest_plugin import hooks
from nnspec.pytest_plugin.compare import CompareAtTheEnd
from nnspec.pytest_plugin.outcomes import _Listener
from nnspec.pytest_plugin.state import STATE, PluginState
from nnspec.training import ENGINES


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of nnspec and its settings in the configuration file."""
    group = parser.getgroup("nnspec", "claims about neural networks, judged over many seeds")
    group.addoption("--nnspec-results", metavar="FILE", help="write everything that was found as JSON")
    group.addoption("--nnspec-report", metavar="FILE", help="write the report, one HTML file")
    group.addoption(
        "--nnspec-compare",
        nargs="?",
        const="baselines/claims",
        metavar="FOLDER",
        help="fail if something has moved since the baseline (default: %(const)s), and tell what",
    )
    group.addoption(
        "--nnspec-budget",
        default="checks",
        metavar="NAME",
        help=f"most seeds a verdict, of recipes of low, medium and high cost: {budget.LISTED}",
    )
    group.addoption(
        "--nnspec-seeds", metavar="SEEDS", help="128 (so many), 256-511 (a range) or 4,11 (these)"
    )
    group.addoption("--nnspec-engine", default="stacked", metavar="NAME", help=" or ".join(ENGINES))
    group.addoption(
        "--nnspec-id", action="append", default=[], metavar="ID", help="only this claim; repeatable"
    )
    group.addoption("--nnspec-only", action="store_true", help="only claims and facts, no other tests")
    parser.addini("nnspec_error_rate", "probability of any wrong verdict in the whole suite", default="1e-3")
    parser.addini(
        "nnspec_verdicts", "how many verdicts the error rate is split over; 0 counts them", default="0"
    )
    parser.addini("nnspec_inventory", "file with the known ids, one a line; # starts a comment", default="")


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Make the progress hook known."""
    pluginmanager.add_hookspecs(hooks)


def pytest_configure(config: pytest.Config) -> None:
    """Check the settings before anything is collected, and listen to all reports."""
    # joblib replaces a process that has grown, and warns in a thread that an error would end for good
    config.addinivalue_line("filterwarnings", "ignore:A worker stopped while some jobs:UserWarning")
    try:
        state = config.stash[STATE] = PluginState(config)
        if (folder := config.getoption("nnspec_compare")) is not None and not hasattr(config, "workerinput"):
            config.pluginmanager.register(CompareAtTheEnd(state, folder), "nnspec-compare")
    except InvalidValue as error:
        raise pytest.UsageError(f"nnspec: {error}") from None
    config.pluginmanager.register(_Listener(state), "nnspec-listener")
