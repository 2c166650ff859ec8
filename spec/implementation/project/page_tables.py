"""Every table of the README and docs/ that is made from baselines; `python -m` this module writes them."""

from spec.implementation.project import kinds_table, measured_tables, notebooks_table, verdict_tables
from spec.implementation.project.pages import fill


def tables():
    """Return the lines of every table by the name of its place."""
    found = verdict_tables.tables() | measured_tables.tables() | kinds_table.tables()
    return found | notebooks_table.tables()


if __name__ == "__main__":
    for place, lines in tables().items():
        fill(place, lines)
