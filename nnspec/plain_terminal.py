"""Quiet for pytest's own terminal output, so that another display can take its place."""

from __future__ import annotations

import pytest


def silence(config: pytest.Config) -> None:
    """Take away the terminal reporter; its options stay known, because configuration files use them."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None:
        config.pluginmanager.unregister(reporter)
