"""Pictures of a report: the bytes of a small image file with a title and a description in words."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Picture:
    """A picture that belongs to a claim: a title, what it shows in words, and the bytes of an image file.

    Raises
    ------
    ValueError
        If the bytes are neither those of a PNG file nor those of a lossless WebP file.
    """

    title: str
    alt: str
    file: bytes

    def __post_init__(self) -> None:
        if not (self.file.startswith(_PNG) or self._is_webp):
            raise ValueError(f"file={self.file[:16]!r}…; expected the bytes of a PNG or lossless WebP file")

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
