"""Loads the plugin of nnspec, and what its own tests need to run pytest inside pytest."""

pytest_plugins = ["nnspec.pytest_plugin", "pytester", "spec.implementation.stored_pages"]
