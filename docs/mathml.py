"""Formulas as MathML, which browsers draw by themselves: no script, no network."""

from docutils import nodes
from latex2mathml.converter import convert


def inline_formula(translator, node):
    """Write a formula of a line."""
    translator.body.append(convert(node.astext()))
    raise nodes.SkipNode


def display_formula(translator, node):
    """Write a formula that has a line of its own."""
    formula = convert(node.astext(), display="block")
    translator.body.append(f'<div class="formula">{formula}</div>\n')
    raise nodes.SkipNode
