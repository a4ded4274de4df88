#!/usr/bin/python3
"""Does a page look as it did? Pictures of 60 dots an inch, softened and compared with a tolerance
that another version of poppler's drawing stays within.

    pictures.py GOLDEN.png NOW.png DIFFERENCE.png   status 1 and a picture of the difference if not
"""
import sys

from PIL import Image, ImageChops, ImageFilter, ImageStat

MEAN, CLEARLY, SHARE = 0.5, 40, 0.0005  # of 255; share of the pixels that differ clearly


def main(golden, now, difference):
    old, new = (Image.open(name).convert("L") for name in (golden, now))
    if old.size != new.size:
        sys.exit(f"{new.size} instead of {old.size}")
    soft = [image.filter(ImageFilter.BoxBlur(1.5)) for image in (old, new)]
    differs = ImageChops.difference(*soft)
    mean = ImageStat.Stat(differs).mean[0]
    share = sum(differs.histogram()[CLEARLY:]) / (old.width * old.height)
    if mean > MEAN or share > SHARE:
        Image.merge("RGB", (old, new, new)).save(difference)
        sys.exit(f"mean difference {mean:.2f} (at most {MEAN}), {share:.3%} of pixels clearly "
                 f"(at most {SHARE:.3%}): see {difference}, red what is new, cyan what is gone")


main(*sys.argv[1:])
