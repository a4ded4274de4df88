#!/usr/bin/env python3
"""The report of 30 tables (48 rows, 8 columns) beside other programs that draw it, as a table of ratios.

  peers.py PDF_PAGES PEERS

PEERS has bin/ and pdf/ of the comparison programs; those that cannot run are named. panelpack and a
peer run in turn, so that a machine that slows down slows both: a ratio is the median of the pairs'
own. Processor time of the whole process counts, start and fonts included; that of panelpack holds its
renderer and the libraries that drawing needs. The peers put a table on a page, with columns whose
widths they are given and without tags; panelpack's rows are higher, so that it makes half as many
pages again. The last row of platypus is on more equal terms: it embeds the same two fonts.
"""
import datetime
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile

ROUNDS = 7
TABLES = "30"
FONT = "/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf"
BOLD = "/usr/share/fonts/truetype/liberation2/LiberationSans-Bold.ttf"
# The peer's own program, with other fonts: SCRIPT MODE TABLES OUT.
EMBEDDED = f"""
import sys
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
registerFont(TTFont("Sans", {FONT!r}))
registerFont(TTFont("Sans-Bold", {BOLD!r}))
addMapping("Sans-Bold", 0, 0, "Sans-Bold")
sys.argv = sys.argv[1:]
source = open(sys.argv[0], encoding="utf-8").read().replace("Helvetica", "Sans")
source = source.replace('st["Heading3"])', 'bold(st["Heading3"]))')
bold = lambda style: setattr(style, "fontName", "Sans-Bold") or style
exec(compile(source, sys.argv[0], "exec"))
"""


def processor_time(command):
    """Seconds, or None when it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              check=False).returncode == 0
    except OSError:
        return None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime if done else None


def first_line(*command):
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except OSError:
        return ""
    return said.strip().split("\n")[0]


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as f:
        names = [line.split(":", 1)[1].strip() for line in f if line.startswith("model name")]
    return names[0] if names else platform.machine()


def peers(folder, out):
    reportlab = os.path.join(folder, "pdf/reportlab_tables.py")
    version = "reportlab " + first_line("/usr/bin/python3", "-c",
                                        "import reportlab; print(reportlab.Version)")
    libharu = "libharu " + first_line("dpkg-query", "-W", "-f", "${Version}", "libhpdf-2.3.0")
    hand = os.path.join(folder, "bin/hpdf_tables")
    yield libharu + ", embedded font", [hand, "-j", TABLES, "-t", FONT, out]
    yield libharu + ", no font embedded", [hand, "-j", TABLES, out]
    for mode in ("canvas", "platypus"):
        yield f"{version}, {mode}", ["/usr/bin/python3", reportlab, mode, TABLES, out]
    yield f"{version}, platypus, embedded fonts", [
        "/usr/bin/python3", "-c", EMBEDDED, reportlab, "platypus", TABLES, out]
    typst = os.path.join(folder, "pdf/typst_tables.js")
    yield "Typst by Node " + first_line("node", "--version"), ["node", typst, TABLES, out]


def compare(ours, theirs):
    """Median times of both and of the pairs' ratios; None when one fails."""
    pairs = []
    for i in range(ROUNDS + 1):
        pair = processor_time(ours), processor_time(theirs)
        if None in pair:
            return None
        if i:  # the first one warms up
            pairs.append(pair)
    return (statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs),
            statistics.median(b / a for a, b in pairs))


def main(program, folder):
    ours = [program, "report", TABLES]
    print(f"\nPDF of {TABLES} tables: {processor()}, {os.cpu_count()} cores, "
          f"{platform.system()} {platform.release()}, {datetime.date.today()}; "
          f"medians of {ROUNDS} pairs, processor time")
    print(f"{'':44} {'panelpack':>10} {'the other':>10} {'ratio':>7}")
    with tempfile.TemporaryDirectory() as work:
        for name, command in peers(folder, os.path.join(work, "peer.pdf")):
            found = compare(ours, command)
            if found:
                print(f"{name:44} {found[0]:8.3f} s {found[1]:8.3f} s {found[2]:6.2f}x")
            else:
                print(f"{name:44} cannot run here")


if __name__ == "__main__":
    main(*sys.argv[1:])
