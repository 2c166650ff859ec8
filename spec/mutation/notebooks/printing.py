"""`python -m spec.mutation.notebooks.printing [NAME …]` runs notebooks once and stores what they print."""

from __future__ import annotations

import sys
from pathlib import Path

from nnspec.notebook.cells import Notebook
from nnspec.notebook.reading import read_notebook
from spec.mutation.notebooks.sets import NOTEBOOKS

PRINTED = Path(__file__).parent / "printed"


def printed(name: str) -> Notebook:
    """Return a notebook with what it printed when it was run."""
    return read_notebook(PRINTED / f"{name}.ipynb")


def main() -> None:
    """Run those that are named, or all, in fresh kernels, unseeded."""
    import nbclient
    import nbformat
    from nbformat.v4 import new_code_cell, new_notebook

    PRINTED.mkdir(exist_ok=True)
    for name in sys.argv[1:] or NOTEBOOKS:
        made = new_notebook(
            cells=[new_code_cell(source, id=f"cell-{n}") for n, source in enumerate(NOTEBOOKS[name])]
        )
        nbclient.NotebookClient(made, kernel_name="python3", timeout=600).execute()
        for cell in made.cells:  # messages of the libraries stay out
            cell.outputs = [one for one in cell.outputs if one.get("name") != "stderr"]
            cell.metadata = {}
        nbformat.write(made, PRINTED / f"{name}.ipynb")
        print(name, flush=True)


if __name__ == "__main__":
    main()
