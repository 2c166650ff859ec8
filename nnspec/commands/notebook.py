"""`nnspec notebook`: the figures that a notebook prints, and what does not fit in it."""

from __future__ import annotations

import argparse
from typing import Any

from nnspec.basics.errors import InvalidValue
from nnspec.basics.files import write_text, writing
from nnspec.commands.exit_codes import DIFFERENT, DONE
from nnspec.commands.parser import add_command


def add_to(commands: Any) -> None:
    """Add the command to the parser's commands."""
    parser = add_command(
        commands,
        "notebook",
        run,
        help="read a notebook: its fits, the figures that it prints, and what does not fit",
        description="Read a notebook (.ipynb) or a script (.py) and list the calls of fit, compile and "
        "evaluate, the figures that its stored outputs print, and what does not fit: cells run out of order, "
        "logs of other code, figures older than their model. With --static nothing of it is run.",
        epilog="Exit code: 0 nothing was found, 1 there are findings, 2 wrong usage or a file that cannot "
        "be read.",
    )
    parser.add_argument("file", metavar="FILE", help="a notebook or a script")
    parser.add_argument("--static", action="store_true", help="run nothing; needed, as nothing else is there")
    parser.add_argument("--json", metavar="FILE", help="write everything as JSON, every epoch included")


def run(options: argparse.Namespace) -> int:
    """Read the notebook and print what is in it."""
    import json

    from nnspec.commands.terminal import notebook_tables
    from nnspec.notebook.findings.all_findings import findings_of
    from nnspec.notebook.reading import read_notebook
    from nnspec.notebook.record import record_of
    from nnspec.notebook.static import read_static
    from nnspec.project.outputs import NOTEBOOK, check_outputs

    if not options.static:
        raise InvalidValue("--static", False, "--static to be given", "notebooks are read and not run")
    check_outputs({"--json": (options.json, NOTEBOOK)}, [options.file])
    static = read_static(read_notebook(options.file))
    findings = findings_of(static)
    if options.json:
        text = json.dumps(record_of(static, findings), indent=1, ensure_ascii=False, allow_nan=False)
        with writing("--json", options.json):
            write_text(options.json, text + "\n")
    notebook_tables.show(static, findings)
    return DIFFERENT if findings else DONE
