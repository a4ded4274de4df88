#!/usr/bin/python3
"""Does the mark of a draft touch a shape or a chart? Its grey stands out too little from some of
their colours (WCAG 2.2 AA, 1.4.11). Pages are drawn without smoothing, so that colours are exact.

    mark.py PAGE.png…   status 1 when a coloured pixel has one of the mark beside it, or when no
                        page has both
"""
import sys

from PIL import Image, ImageChops, ImageFilter

COLOURS = {(23, 120, 56), (214, 125, 0), (189, 28, 38), (196, 84, 5), (20, 135, 128), (128, 23, 79)}


def mask(image, wanted):
    out = Image.new("L", image.size)
    out.putdata([255 if pixel in wanted else 0 for pixel in image.getdata()])
    return out


def main(pages):
    both = False
    for name in pages:
        page = Image.open(name).convert("RGB")
        colours = {c for _, c in page.getcolors(1 << 24)}
        marks = {c for c in colours if c[0] == c[1] == c[2] and 225 <= c[0] < 255}
        ink, mark = mask(page, COLOURS), mask(page, marks)
        both = both or (ink.getbbox() and mark.getbbox())
        touching = ImageChops.multiply(ink.filter(ImageFilter.MaxFilter(3)), mark)
        if touching.getbbox():
            sys.exit(f"{name}: the mark touches what stands at {touching.getbbox()}")
    if not both:
        sys.exit("no page has a mark and a shape or chart")


main(sys.argv[1:])
