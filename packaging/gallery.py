#!/usr/bin/python3
"""One page of each report of the sample jobs as a picture, and the README's gallery of them.

    packaging/gallery.py PROGRAM

Runs every job in input/, draws a page of each report into docs/gallery/ and writes what stands in
the README between its two gallery marks. docs/gallery/pages.txt says which page, and the words for
people who cannot see it: a line "REPORT PAGE WORDS". A report without a line is shown with its first
page and its title, and that is told, as is a line without a report.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

from PIL import Image

WIDTH = 400  # pixels
SIZE = 60 * 1024  # bytes of a picture, at most
GALLERY = pathlib.Path("docs/gallery")
README = pathlib.Path("README.md")
BEGIN, END = "<!-- gallery: `make gallery` writes it -->\n", "<!-- end of the gallery -->\n"


def make_reports(program, output):
    """The PDF of each report, by its name, in the order of the jobs; and the jobs that failed."""
    reports, failed = {}, []
    for job in sorted(pathlib.Path("input").glob("*/job.ini")):
        done = subprocess.run(
            [program, "run", job.parent, "--output", output], capture_output=True, text=True
        )
        if done.returncode:
            failed.append(job.parent)
            print(done.stderr, end="", file=sys.stderr)
        made = sorted((pathlib.Path(output) / job.parent.name).glob("*/*.pdf"))
        reports.update((path.stem, path) for path in made)
    return reports, failed


def read_pages():
    """Which page of a report is shown, and its words."""
    pages = {}
    for line in (GALLERY / "pages.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, page, words = line.split(None, 2)
            pages[name] = (int(page), words)
    return pages


def title_of(pdf):
    said = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    return re.search(r"^Title: *(.*)$", said, re.MULTILINE).group(1)


def draw(pdf, page, target):
    """A page in as many colours as the size allows."""
    drawn = target.with_suffix("")
    subprocess.run(
        ["pdftoppm", "-png", "-singlefile", "-f", str(page), "-l", str(page)]
        + ["-scale-to-x", str(WIDTH), "-scale-to-y", "-1", pdf, drawn],
        check=True,
    )
    picture = Image.open(target).convert("RGB")
    for colours in (256, 128, 64, 32, 16):
        picture.quantize(colours, dither=Image.Dither.NONE).save(target, optimize=True)
        if target.stat().st_size <= SIZE:
            return
    sys.exit(f"gallery: {target} has more than {SIZE} bytes in 16 colours")


def write_readme(shown):
    """The pictures side by side, where there is room, in place of those that stand there."""
    readme = README.read_text(encoding="utf-8")
    before, rest = readme.split(BEGIN)
    after = rest.split(END)[1]
    pictures = "\n".join(f"![{words}]({GALLERY}/{name}.png)" for name, words in shown)
    README.write_text(f"{before}{BEGIN}\n{pictures}\n\n{END}{after}", encoding="utf-8")


def main():
    pages = read_pages()
    with tempfile.TemporaryDirectory() as output:
        reports, failed = make_reports(sys.argv[1], output)
        for old in GALLERY.glob("*.png"):
            old.unlink()
        shown = []
        for name, pdf in reports.items():
            if name not in pages:
                print(f"gallery: {GALLERY}/pages.txt has no line for {name}: its first page is shown")
            page, words = pages.get(name, (1, f"The first page of “{title_of(pdf)}”"))
            draw(pdf, page, GALLERY / f"{name}.png")
            shown.append((name, words))
    for name in sorted(pages.keys() - reports.keys()):
        print(f"gallery: {GALLERY}/pages.txt has a line for {name}, which no sample job makes")
    write_readme(shown)
    print(f"gallery: {len(shown)} pages in {GALLERY}")
    if failed:
        sys.exit(f"gallery: without the reports of {', '.join(map(str, failed))}")


if __name__ == "__main__":
    main()
