"""The tables of public notebooks that were run all the way, and of what their verdicts cost."""

import json

from nnspec.report.words.markdown import row, text_line
from spec.folders import ROOT

RECORD = ROOT / "baselines/public_notebooks.json"


def read():
    """Return the record."""
    return json.loads(RECORD.read_text(encoding="utf-8"))


def _minutes(seconds):
    return f"{seconds:,.0f} s" if seconds < 120 else f"{seconds / 60:,.0f} min"


def notebooks():
    """Return the table, a line for every notebook."""
    heads = ["notebook", "cells that ended", "fits: run, repeated", "figures: read, placed, settled", "odd"]
    heads += ["orders", "findings", "its run", "trainings"]
    lines = [row(heads), row(["---"] * len(heads))]
    for one in read()["notebooks"]:
        lines.append(
            row(
                [
                    text_line(f"{one['repository']}: {one['notebook']}"),
                    f"{one['cells_ended']} of {one['cells']}",
                    f"{one['fits_run']}, {one['fits_repeated']}",
                    f"{one['figures']}, {one['placed']}, {one['settled']}",
                    str(one["odd"]),
                    str(one["orders"]),
                    str(one["findings"]),
                    _minutes(one["seconds_once"]),
                    f"{one['trainings']:,} in {_minutes(one['seconds'])}",
                ]
            )
        )
    return lines


def versions():
    """Return the sentence on when and with what they were run."""
    found = read()["environment"]
    libraries = f"nnspec {found['nnspec']}, Keras {found['keras']}, TensorFlow {found['tensorflow']}"
    where = f"Python {found['python']} on {found['cores']} cores, which others used too"
    return [f"Run on {found['date']} with {libraries} and {where}."]


def cost():
    """Return the sentences on what a verdict costs, against running the notebook as often."""
    found = read()["cost"]
    once = sum(found["seconds_of_a_run"]) / len(found["seconds_of_a_run"])
    again = once * found["seeds"]
    runs = len(found["seconds_of_a_run"])
    return [
        f"`{found['notebook']}` takes {once:.0f} s from top to bottom, as the mean of {runs} runs. `nnspec",
        f"notebook` took {found['seconds']:.0f} s in all, its own run included, and placed {found['placed']} "
        f"figures among {found['seeds']:,} runs.",
        f"To run the notebook {found['seeds']:,} times takes {again / 3600:.1f} hours by that, "
        f"{again / found['seconds']:,.0f} times as long;",
        f"in the time that nnspec takes it can be run {found['seconds'] / once:.0f} times.",
    ]


def tables():
    """Return the lines of every place by its name."""
    return {
        "public notebooks": notebooks(),
        "public notebooks versions": versions(),
        "cost of a notebook": cost(),
    }
