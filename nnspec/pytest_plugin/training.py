"""Where a pytest run trains: its options, and the end of what trained."""

from __future__ import annotations

import pytest

from nnspec.pytest_plugin.state import STATE, PluginState


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options; the group of the same name is the one of the other options."""
    group = parser.getgroup("nnspec")
    group.addoption(
        "--nnspec-backend",
        metavar="NAME",
        help="what trains: processes (default), loky (joblib's) or dask, which needs --nnspec-cluster",
    )
    group.addoption(
        "--nnspec-cluster",
        metavar="ADDRESS",
        help="train on the Dask cluster of this scheduler; implies dask",
    )
    group.addoption(
        "--nnspec-max-memory",
        metavar="SIZE",
        help="most memory of the processes that train, such as 4GB; at least 1.9GB",
    )


@pytest.hookimpl(trylast=True)  # the other plugin makes the state
def pytest_configure(config: pytest.Config) -> None:
    """Listen to whoever stops the run."""
    if STATE in config.stash:
        config.pluginmanager.register(_StopsTraining(config.stash[STATE]), "nnspec-training-stop")


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """End the processes that train, also when the run was interrupted."""
    if STATE in config.stash:
        config.stash[STATE].close()


class _StopsTraining:
    """A pytest plugin that ends the processes that train before pytest tells what was interrupted.

    They would keep all cores busy for the seconds that this takes.
    """

    def __init__(self, state: PluginState) -> None:
        self._state = state

    @pytest.hookimpl(tryfirst=True)
    def pytest_keyboard_interrupt(self) -> None:
        """End them."""
        self._state.close()
