"""How the documentation is built: `sphinx-build -W docs docs/_build`, or `python -m docs.build`."""

import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # for what the pages are made from: spec/ and docs/

from docs.docstrings import as_restructured_text  # noqa: E402
from docs.generated import write_pages  # noqa: E402
from docs.mathml import display_formula, inline_formula  # noqa: E402

project = "nnspec"
release = version = metadata.version("nnspec")
author = "The authors of nnspec"
html_title = f"nnspec {release}"
html_theme = "furo"
html_static_path = ["static"]
html_css_files = ["nnspec.css"]
html_show_copyright = False
html_copy_source = False
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_argparse_cli"]
exclude_patterns = ["_build", "tables"]

myst_enable_extensions = ["dollarmath", "deflist", "colon_fence"]
myst_heading_anchors = 3
html_math_renderer = "mathml"

# docstrings say `names` as Markdown does
default_role = "code"
napoleon_google_docstring = False
napoleon_use_rtype = False
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 80


def setup(app):
    """Write the pages that are made from the specification, and let formulas be MathML, without a script."""
    app.add_html_math_renderer("mathml", (inline_formula, None), (display_formula, None))
    app.connect("autodoc-process-docstring", as_restructured_text, priority=400)  # before napoleon
    app.connect("builder-inited", lambda app: write_pages(Path(app.srcdir)))
