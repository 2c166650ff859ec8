"""What a document says, how it is read, and how seeds decide it.

The face hands on what is declared. How it is decided, `judging` and `budget`, is imported by the name of
its module, so that `import nnspec` does not wait for it.
"""

from nnspec.claims.declarations import Claim, Fact, Figure, claim, fact
from nnspec.claims.document import Document, Source

__all__ = [
    "Claim",
    "Document",
    "Fact",
    "Figure",
    "Source",
    "claim",
    "fact",
]
