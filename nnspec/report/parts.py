"""What sections and claims of the report show besides results, ready to be filled in."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field

from nnspec.basics.errors import InvalidValue
from nnspec.statistics.shares import Verdict


@dataclass(frozen=True)
class FreshSeeds:
    """What blocks of fresh seeds say in words, and the verdict of all of them: `successes` of `seeds`.

    `stable` is whether each block has that verdict by itself.
    """

    text: str
    verdict: Verdict
    successes: int
    seeds: int
    stable: bool = False


TestTexts = tuple[str, str, str, str]  # what was compared, both sides, by how much it moved, p-value


@dataclass(frozen=True)
class ClaimTexts:
    """The drift of a claim as text; `style` is the class of its finding in HTML."""

    name: str
    finding: str
    style: str
    verdicts: str
    tests: tuple[TestTexts, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Plot:
    """What was found about a claim, and drawings (inline SVG) of its values before and now."""

    finding: str
    drawings: tuple[str, ...]


@dataclass(frozen=True)
class Since:
    """A drift as the texts that a page shows.

    `counts` are finding, symbol, class in HTML and number. In a report on claims `identical` are those of
    which nothing has to be drawn, `claims` are those that changed, and `plots` theirs, by their names.
    """

    headline: str
    facts: list[tuple[str, str]]
    counts: list[tuple[str, str, str, int]]
    claims: list[ClaimTexts]
    not_compared: list[tuple[str, str]]
    level: str
    intervals: str
    identical: tuple[str, ...] = ()
    plots: Mapping[str, Plot] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """What a cell says, how deep its colour is (0 to 100), and its classes.

    "documented" is the recipe as it stands, "confirmed" the change that fresh seeds confirm, and "enough" a
    cell in which as many seeds say yes as are claimed.
    """

    said: str
    colour: int = 0
    classes: str = ""


@dataclass(frozen=True)
class RepairMap:
    """A heading for each learning rate, and for each number of epochs a heading with its cells.

    `seeds` are those of a cell, `fewest` those of a cell that soon left no hope.
    """

    rates: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    seeds: int
    fewest: int


@dataclass(frozen=True)
class RepairPart:
    """What a claim's part of the report shows of a search for a repair.

    `remedy` is a sentence for the author, empty where no change is confirmed. `map` is None where it would
    have a single row. `trials` are what is not on the map, change with yes and seeds, the best first, and
    `others` those after the first few. `untried` says what could not be tried, `remarks` how to read it, and
    `kinds` are the kinds of what is changed.
    """

    summary: str
    remedy: str
    sentences: tuple[str, ...]
    difference: str
    map: RepairMap | None
    trials: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]
    untried: str
    remarks: tuple[str, ...]
    kinds: tuple[str, ...] = ()


_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Picture:
    """A picture that belongs to a claim: a title, what it shows in words, and the bytes of an image file.

    Raises
    ------
    InvalidValue
        If the bytes are neither those of a PNG file nor those of a lossless WebP file.
    """

    title: str
    alt: str
    file: bytes

    def __post_init__(self) -> None:
        if not (self.file.startswith(_PNG) or self._is_webp):
            raise InvalidValue("file", self.file[:16], "the bytes of a PNG or lossless WebP file")

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, from the file's header."""
        if self._is_webp:
            # 14 bits each, less one, after the byte that begins a lossless stream
            packed = int.from_bytes(self.file[21:25], "little")
            return (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
        return int.from_bytes(self.file[16:20]), int.from_bytes(self.file[20:24])

    @property
    def address(self) -> str:
        """The picture as a data URI."""
        kind = "webp" if self._is_webp else "png"
        return f"data:image/{kind};base64,{b64encode(self.file).decode()}"

    @property
    def _is_webp(self) -> bool:
        return self.file[:4] == b"RIFF" and self.file[8:16] == b"WEBPVP8L"


_SUMMARIES = {
    "calibration": "How often simulated claims get a wrong verdict, and how many runs a verdict takes",
    "mutants": "Whether the project’s tests notice faults that are put in on purpose",
    "changed-notebooks": "Whether what a notebook prints tells that its code was changed",
    "flakiness": "How often a verdict with new seeds is another one",
    "performance": "What a run costs, beside others that do the same work",
}


@dataclass(frozen=True)
class Section:
    """What a section shows: `sentences`, and a table with `headings` and texts in `rows`, which may be empty.

    `name` is the anchor that links point to.
    """

    name: str
    title: str
    sentences: tuple[str, ...]
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    picture: Picture | None = None

    @property
    def summary(self) -> str:
        """What stands where the section is folded."""
        return _SUMMARIES.get(self.name, "More on this")
