"""`nnspec verify`: judge claims and write results and report."""

from __future__ import annotations

import argparse

from nnspec.commands.collection import is_path, pytest_arguments, run_pytest


def _verify(options: argparse.Namespace) -> int:
    from nnspec.commands.terminal.display import Display

    paths = [what for what in options.what if is_path(what)]
    ids = [what for what in options.what if not is_path(what)]
    arguments = pytest_arguments(paths, ids)
    arguments += [f"--nnspec-id={name}" for name in ids]
    arguments += [f"--nnspec-budget={options.budget}", f"--nnspec-engine={options.engine}"]
    arguments += [f"--nnspec-results={options.results}", f"--nnspec-report={options.report}"]
    arguments += [f"--nnspec-summary={options.summary}"] if options.summary else []
    arguments += [f"--nnspec-seeds={options.seeds}"] if options.seeds is not None else []
    arguments += ["-k", options.k] if options.k else []
    arguments += ["--full-trace"] if options.traceback else []
    for name in ("backend", "cluster", "max_memory"):
        value = getattr(options, name)
        arguments += [f"--nnspec-{name.replace('_', '-')}={value}"] if value is not None else []
    display = Display((options.report, options.results))
    return display.exit_code(run_pytest(arguments, display))
