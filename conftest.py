"""Loads the plugin of nnspec."""

pytest_plugins = ["nnspec.pytest_plugin"]
