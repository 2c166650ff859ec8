"""A figure as a small image file for a report: few pixels, few colours, no loss beyond that."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from PIL.Image import Image

_DPI = 72  # 576 pixels for eight inches, a little more than the 34 rem that a report gives a picture
_COLOURS = 32


def picture_file(figure: Figure) -> bytes:
    """Return a figure as the bytes of a WebP file, or of a PNG file where Pillow was built without WebP."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image

    figure.set_dpi(_DPI)
    # savefig would lay out and draw every figure twice
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    return _stored(Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba()).convert("RGB"))


def smaller(file: bytes, scale: float) -> bytes:
    """Return a picture file with its width and height multiplied by `scale`, below 1."""
    from PIL import Image

    pixels = Image.open(io.BytesIO(file)).convert("RGB")
    size = (max(1, round(pixels.width * scale)), max(1, round(pixels.height * scale)))
    return _stored(pixels.resize(size, Image.Resampling.LANCZOS))


def _stored(pixels: Image) -> bytes:
    from PIL import Image as PillowImage
    from PIL import features

    # half of the size; maximum coverage keeps the colours of few pixels, such as a class's marker
    few = pixels.quantize(_COLOURS, method=PillowImage.Quantize.MAXCOVERAGE, dither=PillowImage.Dither.NONE)
    file = io.BytesIO()
    if features.check("webp"):
        few.convert("RGB").save(file, format="webp", lossless=True, method=4)
    else:
        few.save(file, format="png", optimize=True)
    return file.getvalue()
