"""The report: one self-contained HTML file."""

from nnspec.report.html import Picture, render, write

__all__ = ["Picture", "render", "write"]
