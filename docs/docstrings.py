"""Docstrings of the house as reStructuredText: lists of fields, and bars that mean absolute values."""

import re

FIELD = re.compile(r"^(\w+) : (.*)$")


def as_restructured_text(app, what, name, item, options, lines):
    """Change the lines of a docstring in place: `field : text` is an item of a list, `|` is itself."""
    inside = False
    for number, line in enumerate(lines):
        if (field := FIELD.match(line)) and not line.startswith(" "):
            start = "" if inside else "\n"
            lines[number], inside = f"{start}- `{field[1]}`: {field[2]}", True
        elif inside and line.startswith("    "):
            lines[number] = f"  {line.strip()}"
        elif inside:
            inside = False
        lines[number] = lines[number].replace("|", r"\|")
    lines[:] = "\n".join(lines).split("\n")
