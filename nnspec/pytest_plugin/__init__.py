"""The pytest plugin: options, one test item for every claim and fact, results and report at the end.

PYTEST_DONT_REWRITE: there is no assert in it, and the command line has imported it before pytest does.
"""

pytest_plugins = [
    "nnspec.pytest_plugin.options",
    "nnspec.pytest_plugin.collecting",
    "nnspec.pytest_plugin.notebooks",
    "nnspec.pytest_plugin.outcomes",
    "nnspec.pytest_plugin.not_run",
    "nnspec.pytest_plugin.junit",
    "nnspec.pytest_plugin.fixtures",
    "nnspec.pytest_plugin.progress",
    "nnspec.pytest_plugin.summary",
    "nnspec.pytest_plugin.training",
    "nnspec.pytest_plugin.stopped",
]
