#!/usr/bin/python3
"""Draws the picture at the head of the sample report's newsletter: people, places, property.

    tests/generate_review_picture.py [FOLDER]

FOLDER defaults to the job's exports: it gets review.png. The same program always writes the same
bytes.
"""
import sys
from pathlib import Path

from PIL import Image, ImageDraw

DEFAULT_FOLDER = Path(__file__).resolve().parent.parent / "input/harborough-2021-22/exports"
# Coordinates are those of the picture; it is drawn three times as large, which smooths borders.
SIZE = (990, 165)
SCALE = 3
BACK, DARK, MIDDLE, LIGHT, WARM = "#E6F1F3", "#054A63", "#3A8C8C", "#FFFFFF", "#C4622D"


def scaled(*numbers):
    return [number * SCALE for number in numbers]


def person(pen, x, height, colour):  # rounded feet go below the ground, and are drawn over
    foot = 150
    pen.ellipse(scaled(x - 14, foot - height, x + 14, foot - height + 28), fill=colour)
    pen.rounded_rectangle(scaled(x - 22, foot - height + 33, x + 22, foot + 16),
                          radius=16 * SCALE, fill=colour)


def tree(pen, x, top, colour):
    pen.rectangle(scaled(x - 5, top + 60, x + 5, 150), fill=DARK)
    pen.ellipse(scaled(x - 34, top, x + 34, top + 78), fill=colour)


def lamp(pen, x):
    pen.rectangle(scaled(x - 3, 40, x + 3, 150), fill=DARK)
    pen.polygon(scaled(x - 15, 40, x + 15, 40, x + 8, 18, x - 8, 18), fill=WARM)


def bench(pen, x):
    pen.rectangle(scaled(x - 50, 122, x + 50, 129), fill=DARK)
    pen.rectangle(scaled(x - 50, 104, x + 50, 111), fill=DARK)
    for side in (-40, 34):
        pen.rectangle(scaled(x + side, 104, x + side + 6, 150), fill=DARK)


def house(pen, x, colour):
    pen.polygon(scaled(x - 78, 82, x, 22, x + 78, 82), fill=DARK)
    pen.rectangle(scaled(x - 62, 82, x + 62, 150), fill=colour)
    pen.rectangle(scaled(x - 14, 104, x + 14, 150), fill=LIGHT)
    pen.rectangle(scaled(x - 48, 96, x - 26, 118), fill=LIGHT)
    pen.rectangle(scaled(x + 26, 96, x + 48, 118), fill=LIGHT)


def padlock(pen, x):
    pen.arc(scaled(x - 20, 72, x + 20, 118), 180, 360, fill=DARK, width=8 * SCALE)
    pen.rounded_rectangle(scaled(x - 30, 96, x + 30, 150), radius=6 * SCALE, fill=WARM)
    pen.ellipse(scaled(x - 7, 112, x + 7, 126), fill=LIGHT)


def draw():
    image = Image.new("RGB", scaled(*SIZE), BACK)
    pen = ImageDraw.Draw(image)
    for x, height, colour in ((90, 108, DARK), (145, 122, MIDDLE), (200, 100, WARM),
                              (250, 78, DARK)):
        person(pen, x, height, colour)
    tree(pen, 400, 30, MIDDLE)
    bench(pen, 490)
    lamp(pen, 575)
    house(pen, 750, MIDDLE)
    padlock(pen, 890)
    pen.rectangle(scaled(0, 150, SIZE[0], 153), fill=DARK)
    pen.rectangle(scaled(0, 153, *SIZE), fill=BACK)  # over people's feet
    return image.resize(SIZE, Image.LANCZOS).quantize(64, dither=Image.Dither.NONE)


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_FOLDER
    draw().save(folder / "review.png", optimize=True)


if __name__ == "__main__":
    main()
