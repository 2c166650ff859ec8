"""The report: one self-contained HTML file."""

from nnspec.report.page import render
from nnspec.report.parts import Cell, Picture, RepairMap, RepairPart, Section

__all__ = ["Cell", "Picture", "RepairMap", "RepairPart", "Section", "render"]
