"""The end of what trained in a pytest run."""

from __future__ import annotations

import pytest

from nnspec.pytest_plugin.state import STATE


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """End the processes that train, also when the run was interrupted."""
    if STATE in config.stash:
        config.stash[STATE].close()
