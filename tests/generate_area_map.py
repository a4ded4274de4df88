#!/usr/bin/python3
"""Writes the sketch of the four police beats of Harborough district that the sample report shows.

    tests/generate_area_map.py [FOLDER]

FOLDER defaults to the job's exports: it gets area-map.png. Where the beats lie to each other is
right; their borders and sizes are a drawing, and the picture says so. The same program always
writes the same bytes.
"""
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

DEFAULT_FOLDER = Path(__file__).resolve().parent.parent / "input/harborough-2021-22/exports"
FONT = "/usr/share/fonts/truetype/liberation2/LiberationSans-{}.ttf"
# Coordinates are those of a plane of this size; the picture has fewer pixels. It is drawn
# three times as large as the plane and made smaller, which smooths borders.
PLANE = (1600, 1010)
SIZE = (576, 364)
SCALE = 3
# The house colours, of beats light tints of them.
TEXT, BORDER, PAPER = "#1A1C21", "#054A63", "#FFFFFF"

# Corners that neighbours share have one name each, so that no gap can open between beats.
CORNERS = {
    "north-west": (700, 300), "north": (905, 40), "north-east": (1330, 80), "east": (1510, 360),
    "south-east": (1480, 600), "far-south-east": (1330, 860), "south": (1010, 930),
    "middle-south": (760, 940), "south-west": (390, 985), "west": (130, 880),
    "far-west": (170, 640), "upper-west": (290, 420), "top-west": (500, 350),
    "centre": (790, 590), "middle-west": (640, 700), "middle-east": (1020, 610),
}
# Beat: corners clockwise, fill, lines of the label, and where its middle is.
BEATS = {
    "Harborough North": (
        "north-west north north-east east south-east middle-east centre",
        "#DAE4E8", ["Harborough", "North"], (1120, 350)),
    "Harborough and the Bowdens": (
        "centre middle-east south-east far-south-east south middle-south",
        "#F6E5DA", ["Harborough and", "the Bowdens"], (1120, 770)),
    "Broughton Astley and Walton": (
        "upper-west top-west north-west centre middle-west far-west",
        "#DCEDEC", ["Broughton Astley", "and Walton"], (485, 545)),
    "Lutterworth": (
        "far-west middle-west centre middle-south south-west west",
        "#ECDDE5", ["Lutterworth"], (445, 845)),
}
NOTE = "A sketch, not to scale;\nborders are not exact.\nNorth is up."


def font(style, points):
    return ImageFont.truetype(FONT.format(style), points * SCALE)


def at(point):
    return point[0] * SCALE, point[1] * SCALE


def draw():
    image = Image.new("RGB", at(PLANE), PAPER)
    pen = ImageDraw.Draw(image)
    for corners, fill, _, _ in BEATS.values():
        outline = [at(CORNERS[name]) for name in corners.split()]
        pen.polygon(outline, fill=fill)
        pen.line(outline + outline[:2], fill=BORDER, width=7 * SCALE, joint="curve")
    for _, _, lines, middle in BEATS.values():
        pen.multiline_text(at(middle), "\n".join(lines), fill=TEXT, font=font("Bold", 50),
                           anchor="mm", align="center", spacing=10 * SCALE)
    pen.multiline_text(at((40, 40)), NOTE, fill=TEXT, font=font("Regular", 48), spacing=14 * SCALE)
    return image.resize(SIZE, Image.LANCZOS).quantize(64, dither=Image.Dither.NONE)


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_FOLDER
    draw().save(folder / "area-map.png", optimize=True)


if __name__ == "__main__":
    main()
