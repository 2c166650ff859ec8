"""The report: one self-contained HTML file."""

from nnspec.report.page import render
from nnspec.report.parts import Picture

__all__ = ["Picture", "render"]
