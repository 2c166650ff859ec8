"""Text in the report stands out from its background, in light and in dark."""

from __future__ import annotations

import itertools
import re
from importlib.resources import files


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""

    def luminance(colour: str) -> float:
        digits = colour.lstrip("#")
        digits = "".join(2 * d for d in digits) if len(digits) == 3 else digits
        parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
        return sum(x * weight for x, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))

    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def test_every_colour_of_text_has_contrast_in_light_and_dark():
    style = files("nnspec.report").joinpath("templates/report.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root {(.*?)}", style, re.S)[:2]
    on_cards = ["ink", "dim", "link", "holds", "refuted", "undecided", "error", "claim", "counterfactual"]
    pairs = [*itertools.product(on_cards, ["page", "card"]), ("ink", "alarm"), ("link", "alarm")]
    for colours in [dict(re.findall(r"--([\w-]+): (#\w+)", block)) for block in blocks]:
        too_faint = [pair for pair in pairs if contrast(*(colours[name] for name in pair)) < 4.5]
        assert too_faint == []
