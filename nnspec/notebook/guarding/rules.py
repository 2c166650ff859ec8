"""Names of the rules by which a notebook passes; the rules themselves are beside this file, in verdict."""

from __future__ import annotations

RULES = ("ordinary", "usual")
