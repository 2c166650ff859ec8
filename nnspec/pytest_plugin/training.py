"""The end of what trained in a pytest run."""

from __future__ import annotations

import pytest

from nnspec.pytest_plugin.state import STATE, PluginState


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
