"""Text for a stream that takes few letters."""

from __future__ import annotations

import io

import pytest

from nnspec.basics.streams import in_ascii


@pytest.mark.parametrize(
    ("text", "ascii_text"),
    [
        ("✓ holds ✗ refuted", "+ holds x refuted"),
        ("≥ 90 %, 20 – 33 %", ">= 90 %, 20 - 33 %"),
        ("old → new … ×2", "old -> new ... x2"),
        ("Kolmogorov–Smirnov, Söderberg, ½", "Kolmogorov-Smirnov, Soderberg, 12"),
        ("深 \udcff", "? ?"),
    ],
)
def test_symbols_fall_back_to_ascii(text: str, ascii_text: str) -> None:
    assert in_ascii(text) == ascii_text


def test_what_a_stream_can_take_stays_as_it_is() -> None:
    file = io.BytesIO()
    stream = io.TextIOWrapper(file, encoding="cp1252", errors="nnspec", newline="")
    stream.write("20 – 33 % … ✓ ≥ ×\n")
    stream.flush()
    assert file.getvalue().decode("cp1252") == "20 – 33 % … + >= ×\n"
