"""The files that `nnspec notebook` writes: JSON, results, report, and a summary for the page of a job."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nnspec.basics.files import shown, write_text, writing

if TYPE_CHECKING:
    from nnspec.notebook.found import Found
    from nnspec.notebook.static import Static


def add_files(parser: Any) -> None:
    """Add the options that name files."""
    parser.add_argument("--report", metavar="FILE", help="write all that was found as one HTML file")
    parser.add_argument("--results", metavar="FILE", help="write the places of the figures as results JSON")
    parser.add_argument("--summary", metavar="FILE", help="write a summary as Markdown, for a job's page")
    parser.add_argument(
        "--write",
        metavar="FOLDER",
        help="draft a file of claims, one for each printed figure, with its recipes, in a folder such as "
        "spec; nothing is written over",
    )
    parser.add_argument("--json", metavar="FILE", help="write what is read as JSON, every epoch included")


def check_draft(options: argparse.Namespace, static: Static) -> None:
    """Look at the place of the claims that will be drafted.

    Raises
    ------
    InvalidValue
        If there are such claims already.
    """
    if options.write:
        from nnspec.notebook.writing.draft import file_of

        file_of(Path(options.write), static)


def check_files(options: argparse.Namespace) -> None:
    """Look at the files that will be written, before anything is run.

    Raises
    ------
    InvalidValue
        If one cannot be written.
    """
    from nnspec.project.outputs import NOTEBOOK, PAGE, RESULTS, SUMMARY, check_outputs

    outputs = {
        "--json": (options.json, NOTEBOOK),
        "--results": (options.results, RESULTS),
        "--report": (options.report, PAGE),
        "--summary": (options.summary, SUMMARY),
    }
    check_outputs(outputs, [options.file])


def write_reading(options: argparse.Namespace, found: Found) -> None:
    """Write what is read, before anything is run.

    Raises
    ------
    InvalidValue
        If the file can no longer be written.
    """
    if options.json:
        _write("--json", options.json, lambda: _json(found))


def write_files(options: argparse.Namespace, found: Found) -> None:
    """Write what was asked for, and on GitHub the summary of the job's step besides.

    Raises
    ------
    InvalidValue
        If a file can no longer be written.
    """
    if options.results and found.placing is not None:
        from nnspec.results.record import write

        with writing("--results", options.results):
            write(Path(options.results), found.placing.results)
    if options.report:
        from nnspec.notebook.page.html import render

        _write("--report", options.report, lambda: render(found))
        print(f"report   {shown(options.report)}")
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if options.summary or page:
        from nnspec.notebook.page.markdown import markdown

        text = markdown(found)
        if options.summary:
            _write("--summary", options.summary, lambda: text)
        if page:
            _append(page, text)


def write_claims(options: argparse.Namespace, found: Found) -> None:
    """Write the claims that are drafted, and say how they are run, and what is left out.

    Raises
    ------
    InvalidValue
        If they cannot be written.
    """
    if not options.write or found.captured is None or found.placing is None:
        return
    from nnspec.notebook.writing.draft import draft_of, file_of, write_draft

    folder = Path(options.write)
    draft = draft_of(found.static, found.captured, found.placing, folder)
    if draft.claims:
        with writing("--write"):
            files = write_draft(draft, file_of(folder, found.static))
        told = "1 claim" if draft.claims == 1 else f"{draft.claims} claims"
        print(f"claims   {', '.join(map(shown, files))}: {told}, to confirm; nnspec verify {shown(folder)}")
    else:
        print("claims   none: no printed figure has a place that could be drafted")
    for why in draft.left_out:
        print(f"- not drafted: {why}")


def _append(page: str, text: str) -> None:
    """Add to the page of a job, where other steps have written too."""
    try:
        with Path(page).open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        print(f"nnspec: cannot write {page}: {error.strerror}", file=sys.stderr)


def _json(found: Found) -> str:
    from nnspec.notebook.record import record_of

    document = record_of(found.static, found.findings)
    return json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _write(option: str, path: str, text: Callable[[], str]) -> None:
    with writing(option, path):
        write_text(path, text())
