"""The report: one self-contained HTML file."""

from nnspec.report.html import render
from nnspec.report.picture import Picture

__all__ = ["Picture", "render"]
