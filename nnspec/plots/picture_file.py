"""A figure as a small image file for a report: few pixels, few colours, no loss beyond that."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_DPI = 80  # 640 pixels for eight inches, a little more than the 34 rem that a report gives a picture
_COLOURS = 64


def picture_file(figure: Figure) -> bytes:
    """Return a figure as the bytes of a WebP file, or of a PNG file where Pillow was built without WebP."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image, features

    figure.set_dpi(_DPI)
    # savefig would lay out and draw every figure twice
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    pixels = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba()).convert("RGB")
    # half of the size; maximum coverage keeps the colours of few pixels, such as a class's marker
    few = pixels.quantize(_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    file = io.BytesIO()
    if features.check("webp"):
        few.convert("RGB").save(file, format="webp", lossless=True, method=6)
    else:
        few.save(file, format="png", optimize=True)
    return file.getvalue()
