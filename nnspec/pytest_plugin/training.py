"""Where a pytest run trains: its options, and the end of what trained."""

from __future__ import annotations

import pytest

from nnspec.pytest_plugin.state import STATE


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


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """End the processes that train, also when the run was interrupted."""
    if STATE in config.stash:
        config.stash[STATE].close()
