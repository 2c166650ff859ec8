"""The picture of the README: the first screen of the report on the specification, as the baselines have it.

`python -m` this module draws it anew, in a Chromium. The picture keeps the words that it shows.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from spec.folders import ROOT
from spec.implementation.report.in_browser.browser import Browser, find
from spec.implementation.report.whole_specification import page

PICTURE = ROOT / "docs/static/first-screen.png"
WORDS = "Description"  # of the texts that a PNG file may hold, the one that says what it shows
_WIDTH, _MARGIN, _COLOURS = 1280, 20, 128


def words() -> str:
    """Return what the report says today from its first sentence to its counts."""
    report = page()
    from spec.implementation.stored_pages import readable  # a plugin of pytest, which collects the report

    told = readable(report).partition("\nCounted are ")[0].splitlines()
    # the title of the window, and the line with the date of the run, stand above the first sentence
    begin = next(at for at, line in enumerate(told) if line.startswith("nnspec report · "))
    return "\n".join(told[begin + 1 :])


def shown() -> str:
    """Return the words that the stored picture shows."""
    with Image.open(PICTURE) as picture:
        return str(picture.info[WORDS])


def draw(file: Path) -> None:
    """Write the picture, of as few colours as can be told apart."""
    path = find()
    if path is None:
        raise SystemExit("there is no Chromium here; `apt-get install chromium` brings one")
    with tempfile.TemporaryDirectory() as folder, Browser(path) as browser:
        whole, screen = Path(folder) / "report.html", Path(folder) / "screen.png"
        whole.write_text(page(), encoding="utf-8")
        browser.show(_WIDTH)
        browser.open(whole)
        # in its place is the margin; the date of a run is none of what was found
        browser.value("document.querySelector('header .eyebrow').style.visibility = 'hidden'")
        edges = "((e) => e.getBoundingClientRect())(document.querySelector('{}')).{}"
        top, bottom = (browser.value(edges.format(*at)) for at in (("h1", "top"), (".counts", "bottom")))
        left, right = (browser.value(edges.format(".counts", side)) for side in ("left", "right"))
        size = {"width": right - left + 2 * _MARGIN, "height": bottom - top + 2 * _MARGIN}
        browser.screenshot(screen, x=left - _MARGIN, y=top - _MARGIN, **size)
        told = PngInfo()
        told.add_itxt(WORDS, words())
        with Image.open(screen) as found:
            few = found.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
            few.save(file, optimize=True, pnginfo=told)


if __name__ == "__main__":
    draw(PICTURE)
